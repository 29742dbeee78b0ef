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
  'appointment.reminder.sms':
    'Reminder: your appointment at {branch_name} is on {when}, {service_name} with {staff_name}. No more reminders: {stop_link}',
  'appointment.reminder.subject': 'Reminder: your appointment on {date} at {time}',
  'appointment.reminder.body':
    'Hello {customer_name},\n\nthis is a reminder of your appointment:\n\n{service_name}\n{when}\nwith {staff_name}\n{branch_name}{address, select, known {\n{branch_address}} other {}}\n\nAdd it to your calendar:\n{calendar_link}\n\nSee you soon.\n{branch_name}\n\nNo more reminders:\n{stop_link}',
  'customer.message.sms': '{text}{stop, select, offered {\nUnsubscribe: {stop_link}} other {}}',
  'customer.message.body': '{text}{stop, select, offered {\n\nNo more messages like this:\n{stop_link}} other {}}',
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
  'account.magic_link.subject': 'Your link to sign in to {tenant_name}',
  'account.magic_link.body':
    'Hello {user_name},\n\nthis link signs you in to {tenant_name}:\n{account_link}\n\nIt is good for 15 minutes and works once. You did not ask for it? Then there is nothing you need to do; nobody gets in without the link. Do not pass it on.\n\n{product_name}',
  'account.factor_reset.subject': 'Your access to {tenant_name}: reset of the second factor',
  'account.factor_reset.body':
    'Hello {user_name},\n\nthe operator has begun a reset of the second factor for your access to {tenant_name}, because phone and recovery codes are lost. Confirm it here with your password:\n{account_link}\n\nThe link is good until {until}. After you have confirmed, 24 hours pass; then second factor and passkeys are removed and all sessions end.\n\nYou did not ask for this? Then confirm nothing and pass the link on to nobody; without it nothing happens.\n\n{product_name}',
  'account.factor_stop.subject': '{tenant_name}: your second factor will be removed in 24 hours',
  'account.factor_stop.body':
    'Hello {user_name},\n\nthe reset of the second factor for your access to {tenant_name} was confirmed with your password. From {until} on, second factor and passkeys are removed and all sessions end.\n\nThis was not you? Then stop it here and choose a new password at once:\n{account_link}\n\n{product_name}',
  'account.factor_reset_done.subject': 'Second factor for {tenant_name} was reset',
  'account.factor_reset_done.body':
    'Hello {user_name},\n\non {when} the second factor and the passkeys of your access to {tenant_name} were removed as confirmed. All sessions have ended. Sign in with your password and set the second factor up again in your profile.\n\nThis was not you? Then please choose a new password at once:\n{forgot_link}\n\n{product_name}',
  'account.second_factor_on.subject': 'Second factor for {tenant_name} switched on',
  'account.second_factor_on.body':
    'Hello {user_name},\n\non {when} the second factor was switched on for your access to {tenant_name}. From now on each sign-in also asks for a code of your authenticator app. Keep the recovery codes in a safe place.\n\nThis was not you? Then please choose a new password at once and talk to whoever manages your access:\n{forgot_link}\n\n{product_name}',
  'account.second_factor_off.subject': 'Second factor for {tenant_name} switched off',
  'account.second_factor_off.body':
    'Hello {user_name},\n\non {when} the second factor was switched off for your access to {tenant_name}. The password is now enough to sign in.\n\nThis was not you? Then please choose a new password at once:\n{forgot_link}\n\n{product_name}',
  'account.second_factor_taken.subject': 'Second factor for {tenant_name} removed',
  'account.second_factor_taken.body':
    'Hello {user_name},\n\non {when} the management of {tenant_name} removed the second factor and the passkeys of your access, so that you can sign in again. All sessions have ended. The password is now enough to sign in; please set the second factor up again in your profile.\n\nYou did not ask for this? Then please enquire there and choose a new password:\n{forgot_link}\n\n{product_name}',
  'account.recovery_codes_renewed.subject': 'New recovery codes for {tenant_name}',
  'account.recovery_codes_renewed.body':
    'Hello {user_name},\n\non {when} new recovery codes were made for your access to {tenant_name}. The earlier ones are no longer good.\n\nThis was not you? Then please choose a new password at once:\n{forgot_link}\n\n{product_name}',
  'account.recovery_code_used.subject': 'Sign-in to {tenant_name} with a recovery code',
  'account.recovery_code_used.body':
    'Hello {user_name},\n\non {when} somebody signed in to {tenant_name} with a recovery code. That code is no longer good. Your profile shows how many are left; you can also make new ones there.\n\nThis was not you? Then please choose a new password at once:\n{forgot_link}\n\n{product_name}',
  'account.code_reused.subject': 'Used code at a sign-in to {tenant_name}',
  'account.code_reused.body':
    'Hello {user_name},\n\non {when} somebody entered your password and a code of your authenticator app that had been used already. The sign-in to {tenant_name} was refused.\n\nIf this was you, there is nothing to do. If not, somebody has seen password and code: please choose a new password at once:\n{forgot_link}\n\n{product_name}',
  'account.passkey_added.subject': 'New passkey for {tenant_name}',
  'account.passkey_added.body':
    'Hello {user_name},\n\non {when} a passkey was made for your access to {tenant_name}. It signs you in without the password.\n\nThis was not you? Then please delete the passkey in your profile and choose a new password at once:\n{forgot_link}\n\n{product_name}',
  'account.passkey_removed.subject': 'Passkey for {tenant_name} deleted',
  'account.passkey_removed.body':
    'Hello {user_name},\n\non {when} a passkey of your access to {tenant_name} was deleted. It signs nobody in any more.\n\nThis was not you? Then please choose a new password at once:\n{forgot_link}\n\n{product_name}',
  'account.signed_in.subject': '{tenant_name}: sign-in on a new device',
  'account.signed_in.body':
    'Hello {user_name},\n\non {when} somebody signed in to your access to {tenant_name} on a device we do not know yet.\n\nIf it was you, you need not do anything. If it was not, please choose a new password at once; this ends all sessions:\n{forgot_link}\n\n{product_name}',
  'account.support_began.subject': '{tenant_name}: support is looking at your account',
  'account.support_began.body':
    'Hello {user_name},\n\nsince {when}, {operator_name} has been looking at your account {tenant_name} with the view of {person_name}, until {until} at the latest. You had allowed support to do so.\n\nReason: {reason}\n\nWhatever is changed stands in your log with both names. Support cannot change passwords, users, keys or payments. You can withdraw your permission at any time; the session then ends at once:\n{security_link}\n\n{product_name}',
  'account.exists.subject': 'You already have access to {tenant_name}',
  'account.exists.body':
    'Hello {user_name},\n\non {when} somebody asked for a new account with your e-mail address. You already have access to {tenant_name}, so nothing was created. Sign in here:\n{sign_in_link}\n\nForgotten your password?\n{forgot_link}\n\nYou did not ask for this? Then there is nothing to do.\n\n{product_name}',
  'signup.link.subject': '{product_name}: confirm your e-mail address',
  'signup.link.body':
    'Hello,\n\nsomebody asked {product_name} for an account with this e-mail address. Confirm it here and choose your password:\n{signup_link}\n\nThe link is valid for 60 minutes and works once. You did not ask for this? Then there is nothing to do: without your confirmation there will be no account.\n\n{product_name}',
  'tenant.status.active.subject': '{tenant_name}: your account is active',
  'tenant.status.active.body':
    'Hello,\n\nthe account of {tenant_name} is active.\n\nTo your account:\n{account_link}\n\n{product_name}',
  'tenant.status.trial.subject': '{tenant_name}: your trial is running',
  'tenant.status.trial.body':
    'Hello,\n\nthe trial of {tenant_name} is running.\n\nTo your account:\n{account_link}\n\n{product_name}',
  'tenant.status.past_due.subject': '{tenant_name}: your account is past due',
  'tenant.status.past_due.body':
    'Hello,\n\nthe account of {tenant_name} is past due. It still works; if it is not settled within 7 days, it will be suspended.{why, select, trial_ended {\n\nThe trial ended without a plan.} past_due {\n\nWhat was due has not been settled.} said {\n\nReason: {reason}} other {}}\n\nTo your account:\n{account_link}\n\n{product_name}',
  'tenant.status.suspended.subject': '{tenant_name}: your account is suspended',
  'tenant.status.suspended.body':
    'Hello,\n\nthe account of {tenant_name} is suspended. {kind, select, reseller {You can sign in and pay, but you cannot create or change customers. Your customers can go on working.} other {Callers only hear an announcement and appointments cannot be booked. You can still sign in and pay.}}{why, select, trial_ended {\n\nThe trial ended without a plan.} past_due {\n\nWhat was due has not been settled.} said {\n\nReason: {reason}} other {}}\n\nTo your account:\n{account_link}\n\n{product_name}',
  'tenant.status.closed.subject': '{tenant_name}: your account is closed',
  'tenant.status.closed.body':
    'Hello,\n\nthe account of {tenant_name} is closed. Nobody can sign in there any more.{why, select, trial_ended {\n\nThe trial ended without a plan.} past_due {\n\nWhat was due has not been settled.} said {\n\nReason: {reason}} other {}}\n\n{product_name}',
  'tenant.trial_ends.subject': '{tenant_name}: your trial ends {days, plural, one {tomorrow} other {in # days}}',
  'tenant.trial_ends.body':
    'Hello,\n\nthe trial of {tenant_name} ends on {when}.\n\n{plan, select, chosen {After that your account goes on with the plan that was chosen; there is nothing to do.} other {No plan has been chosen yet. Without one the account will be past due after that, and suspended 7 days later. To get a plan, please ask your contact{support, select, known {: {support_contact}} other {}}.}}\n\n{product_name}',
  'absence.asked.subject':
    'Request of {person_name}: {kind, select, vacation {vacation} sick {sick leave} other {absence}}, {from}{span, select, one {} other { to {until}}}',
  'absence.asked.body':
    'Hello {user_name},\n\n{person_name} asks for {kind, select, vacation {a vacation} sick {sick leave} other {an absence}}: {from}{span, select, one {} other { to {until}}}.\n\nYou can grant or refuse it here:\n{request_link}\n\n{product_name}',
  'absence.granted.subject': 'Your request was granted: {from}{span, select, one {} other { to {until}}}',
  'absence.granted.body':
    'Hello {user_name},\n\nyour request ({kind, select, vacation {vacation} sick {sick leave} other {absence}}, {from}{span, select, one {} other { to {until}}}) was granted and is in the calendar.{has_reason, select, no {} other {\n\nWith the words: {reason}}}\n\n{request_link}\n\n{product_name}',
  'absence.refused.subject': 'Your request was refused: {from}{span, select, one {} other { to {until}}}',
  'absence.refused.body':
    'Hello {user_name},\n\nyour request ({kind, select, vacation {vacation} sick {sick leave} other {absence}}, {from}{span, select, one {} other { to {until}}}) was refused.{has_reason, select, no {} other {\n\nReason: {reason}}}\n\n{request_link}\n\n{product_name}',
  'callback.overdue.subject': '{tenant_name}: a call back is overdue',
  'callback.overdue.body':
    'Hello {user_name},\n\na call back was promised by {due} and is still open. {has_taker, select, no {Nobody has taken it.} other {{taker_name} has taken it.}}\n\nTo the call back:\n{callback_link}\n\n{product_name}',
  'api_key.expiring.subject': 'The API key “{key_name}” is about to expire',
  'api_key.expiring.body':
    'Hello {user_name},\n\nthe API key “{key_name}” ({key_prefix}…) of {tenant_name} expires on {when}. Whatever uses it has no access after that. Replace it here:\n{keys_link}\n\n{product_name}',
  'alarm.line':
    '{kind, select, sink_stopped {delivery stands still} object_behind {object behind, accepts nothing} ledger_differs {ledger entries differ} transfers_differ {transfer has not arrived} effect_parked {work was given up} payment_unmatched {payment without a match} payment_disputed {payment disputed} dispute_status_unknown {dispute in an unknown state} refund_failed {refund failed} refund_status_unknown {refund in an unknown state} job_gave_up {job given up} cron_gave_up {schedule failed} health {part not well} sms_limit_reached {SMS limit reached} message_unread {unreadable message} clock_set_back {clock was ahead} number_pool_empty {no number left} agent_not_live {agent not set up} agent_drifted {agent changed at Retell} agent_found_twice {agent found twice} agent_not_removed {agent not deleted} payment_forged {payment of a foreign Stripe account refused} recording_unwanted {recorded although turned off} recording_lost {recording lost} source_refused {Retell calls from a new address} defect {unexpected fault} other {{kind}}}: {about} ({when})',
  'operations.alarms.subject':
    '{opened, plural, =0 {Alarms ended} one {A new alarm} other {# new alarms}}: {product_name}',
  'operations.alarms.greeting': 'Hello {user_name},',
  'operations.alarms.opened': 'newly raised:',
  'operations.alarms.ended': 'well again:',
  'operations.alarms.more': 'All alarms and what you can do:\n{operations_link}\n\n{product_name}',
};
