/** English texts of messages to customers and owners. In ICU MessageFormat, compiled by dev/messages/compile.ts. */
export const notificationsEn = {
  'appointment.confirmed.sms':
    'Your appointment at {branch_name}: {when}, {service_name} with {staff_name}. For your calendar: {calendar_link}',
  'appointment.confirmed.subject': 'Your appointment on {date} at {time}',
  'appointment.confirmed.body':
    'Hello {customer_name},\n\nyour appointment is confirmed:\n\n{service_name}\n{when}\nwith {staff_name}\n{branch_name}{address, select, known {\n{branch_address}} other {}}\n\nAdd it to your calendar:\n{calendar_link}\n\nWe look forward to seeing you.\n{branch_name}',
  'appointment.rescheduled.sms':
    'Your appointment at {branch_name} was moved: now {when}, {service_name} with {staff_name}. For your calendar: {calendar_link}',
  'appointment.rescheduled.sms_undo':
    'Your appointment at {branch_name} was moved: now {when}, {service_name} with {staff_name}. Was this not you? Undo it here: {undo_link}',
  'appointment.rescheduled.subject': 'Your appointment was moved: {date}, {time}',
  'appointment.rescheduled.body':
    'Hello {customer_name},\n\nyour appointment was moved. It now takes place:\n\n{service_name}\n{when}\nwith {staff_name}\n{branch_name}{address, select, known {\n{branch_address}} other {}}\n\nAdd it to your calendar:\n{calendar_link}{undo, select, offered {\n\nWas this not you? Undo it here within 24 hours:\n{undo_link}} other {}}\n\n{branch_name}',
  'appointment.cancelled.sms': 'Your appointment at {branch_name} on {when} ({service_name}) was cancelled.',
  'appointment.cancelled.sms_undo':
    'Your appointment at {branch_name} on {when} ({service_name}) was cancelled. Was this not you? Undo it here: {undo_link}',
  'appointment.cancelled.subject': 'Your appointment on {date} at {time} was cancelled',
  'appointment.cancelled.body':
    'Hello {customer_name},\n\nyour appointment was cancelled:\n\n{service_name}\n{when}\n{branch_name}{undo, select, offered {\n\nWas this not you? Undo it here within 24 hours:\n{undo_link}} other {}}\n\nWould you like another appointment? Just give us a call.\n\n{branch_name}',
  'caller.code.sms':
    'Your code for {tenant_name}: {code}. Valid for 5 minutes. Not calling right now? Then give it to nobody.',
  'balance.low.subject': 'Your balance is running low: {balance} left',
  'balance.low.body':
    'Hello,\n\nthe balance of {tenant_name} is down to {balance}. To keep your calls answered, please top up soon:\n{portal_link}',
  'balance.topup_succeeded.subject': 'Top-up credited: {amount}',
  'balance.topup_succeeded.body':
    'Hello,\n\nyour top-up of {amount} has been credited{bonus, select, given {, plus {bonus_amount} bonus} other {}}. New balance: {balance}.\n\nSee all transactions here:\n{portal_link}',
  'balance.topup_failed.subject': 'Your top-up did not go through',
  'balance.topup_failed.body':
    'Hello,\n\nyour top-up of {amount} could not be collected. Nothing was credited. Please try again:\n{portal_link}',
  'account.invited.subject': 'Your access to {tenant_name}',
  'account.invited.body':
    'Hello {user_name},\n\nsomebody has set up access to {tenant_name} for you. Choose your password here:\n{account_link}\n\nThe link is good until {until} and works once. If you did not expect this invitation, you need not do anything.\n\n{product_name}',
  'account.reset.subject': 'New password for {tenant_name}',
  'account.reset.body':
    'Hello {user_name},\n\na new password was requested for your access to {tenant_name}. Choose it here:\n{account_link}\n\nThe link is good for 60 minutes and works once. If you did not ask for it, you need not do anything; your password stays as it is.\n\n{product_name}',
  'account.email_change.subject': 'Confirm your new e-mail address for {tenant_name}',
  'account.email_change.body':
    'Hello {user_name},\n\nyou would like to sign in to {tenant_name} with this address from now on. Confirm it here:\n{account_link}\n\nThe link is good for 60 minutes and works once. If this was not you, you need not do anything.\n\n{product_name}',
  'account.email_asked.subject': 'Your e-mail address at {tenant_name} is about to change',
  'account.email_asked.body':
    'Hello {user_name},\n\non {when} a new e-mail address was entered for your access to {tenant_name}. It takes effect once it is confirmed by the link sent to the new address.\n\nWas this not you? Then please change your password at once:\n{forgot_link}\n\n{product_name}',
  'account.password_changed.subject': 'Your password for {tenant_name} was changed',
  'account.password_changed.body':
    'Hello {user_name},\n\non {when} the password of your access to {tenant_name} was changed.\n\nWas this not you? Then please choose a new one at once:\n{forgot_link}\n\n{product_name}',
  'account.signed_in.subject': '{tenant_name}: sign-in on a new device',
  'account.signed_in.body':
    'Hello {user_name},\n\non {when} somebody signed in to your access to {tenant_name} on a device we do not know yet.\n\nIf it was you, you need not do anything. If it was not, please choose a new password at once; this ends all sessions:\n{forgot_link}\n\n{product_name}',
  'api_key.expiring.subject': 'The API key “{key_name}” is about to expire',
  'api_key.expiring.body':
    'Hello {user_name},\n\nthe API key “{key_name}” ({key_prefix}…) of {tenant_name} expires on {when}. Whatever uses it has no access after that. Replace it here:\n{keys_link}\n\n{product_name}',
};
