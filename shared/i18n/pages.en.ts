/** English texts of the pages behind links in messages. In ICU MessageFormat, compiled by dev/messages/compile.ts. */
export const pagesEn = {
  'undo.cancelled': 'Your appointment on {when} was cancelled.',
  'undo.moved': 'Your appointment on {when} was moved. It is now on {new_when}.',
  'undo.question':
    'Would you like to keep the appointment? You can restore it here. If everything is as it should be, there is nothing to do.',
  'undo.restore': 'Restore appointment',
  'undo.move_back': 'Undo the move',
  'undo.service': 'Service',
  'undo.place': 'Place',
  'undo.done': 'Done',
  'undo.done_text': 'Your appointment stands as it did before. There is nothing more to do.',
  'undo.taken': 'That time has been taken meanwhile',
  'undo.taken_text':
    'We have noted that you would like to keep your appointment and will get in touch to find another time.',
  'undo.changed': 'This can no longer be undone',
  'undo.changed_text': 'The appointment was changed again meanwhile, or its time has passed. Please give us a call.',
  'undo.later': 'That did not work just now',
  'undo.later_text': 'Nothing was changed. Please try again in a minute.',
  'undo.unknown': 'This page does not exist',
  'undo.unknown_text': 'The link is incomplete or has expired. It works for 24 hours.',
  'undo.callback_cancelled':
    'Would like to keep the appointment that was cancelled over the phone (link in the message); the time has been taken meanwhile.',
  'undo.callback_moved':
    'Would like to move the appointment back that was moved over the phone (link in the message); the old time has been taken meanwhile.',
  'notice.suspended': 'This page is not available at the moment',
  'notice.suspended_text': 'Please contact {name} directly.',
  'notice.sign_in': 'For staff: sign in',
  'notice.closed': 'This service has ended',
  'notice.closed_text': '{name} can no longer be reached at this address.',
  'lost.path': 'This page does not exist',
  'lost.path_text': 'The address may be incomplete, or the page has moved.',
  'lost.home': 'Go to the start page',
  'lost.host': 'There is nothing at this address',
  'lost.host_text': 'Please check that the address is spelled correctly.',
};
