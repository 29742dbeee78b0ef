/** English sentences about fields that were refused. In ICU MessageFormat, compiled by dev/messages/compile.ts. */
export const validationEn = {
  required: 'Required.',
  type: 'Expected: {expected}.',
  too_short: 'At least {min, plural, one {# character} other {# characters}}.',
  too_small: 'At least {min}.',
  too_long: 'At most {max, plural, one {# character} other {# characters}}.',
  too_big: 'At most {max}.',
  format: 'Not a valid format ({format}).',
  choice: 'Allowed: {values}.',
  unknown_keys: 'Unknown: {keys}.',
  invalid: 'Invalid value.',
  hidden: 'Holds control characters or characters that cannot be seen.',
  line: 'One line, without line ends, tabs and characters that cannot be seen.',
  personName: "A name of letters, digits, spaces and - ' . & ( ) / , – no other signs and no web address.",
};
