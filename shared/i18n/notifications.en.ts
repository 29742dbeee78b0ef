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
};
