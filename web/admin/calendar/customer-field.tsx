/**
 * Who comes: somebody found by name or number while one types, or somebody new, whose other half (number or name) is asked for right below.
 * Drawn by the booking form.
 */
import { Alert, Button, Combobox, Stack, Text, TextInput, useCombobox } from '@mantine/core';
import { type RefObject, useEffect } from 'react';
import type { Customer } from '../../../shared/contract/customers.ts';
import { Icon } from '../../ui/icon.tsx';
import { useMay, useWords } from '../admin-context.tsx';
import { shownCustomer, useFoundCustomers } from '../kit/use-found-customers.ts';
import { digitsIn, FEWEST_DIGITS, type FormErrors, isNumber, personOf } from './booking.ts';

const NEW = 'new';

interface CustomerFieldProps {
  /** null: nobody known is chosen */
  chosen: Customer | null;
  who: string;
  other: string;
  errors: FormErrors;
  input: RefObject<HTMLInputElement | null>;
  otherInput: RefObject<HTMLInputElement | null>;
  onChoose: (customer: Customer | null) => void;
  onType: (who: string, other: string) => void;
}

export function CustomerField(props: CustomerFieldProps) {
  const { chosen, who, other, errors, input, otherInput, onChoose, onType } = props;
  const { t } = useWords();
  const mayView = useMay('view_customers');
  const mayCreate = useMay('create_customers');
  const list = useCombobox({ onDropdownClose: () => list.resetSelectedOption() });
  const found = useFoundCustomers(mayView && chosen === null ? who : '');
  const typed = who.trim();
  const isOpen = chosen === null && typed !== '' && found !== null;
  // Enter takes what is on top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new list, a new top
  useEffect(() => {
    if (isOpen) list.selectFirstOption();
  }, [found, isOpen]);
  return (
    <>
      <Combobox
        store={list}
        withinPortal={false}
        onOptionSubmit={(id) => {
          list.closeDropdown();
          if (id === NEW) otherInput.current?.focus();
          else onChoose(found?.find((one) => one.id === id) ?? null);
        }}
      >
        <Combobox.Target>
          <TextInput
            ref={input}
            data-autofocus
            label={t('booking.customer')}
            placeholder={t('booking.customer_hint')}
            autoComplete="off"
            maxLength={120}
            error={errors.who}
            leftSection={<Icon name="search" size={16} />}
            rightSection={
              chosen !== null && (
                <button
                  type="button"
                  className="person-clear"
                  aria-label={t('booking.customer_other')}
                  onClick={() => {
                    onChoose(null);
                    input.current?.focus();
                  }}
                >
                  <Icon name="cross" size={16} />
                </button>
              )
            }
            value={chosen === null ? who : shownCustomer(chosen, t)}
            readOnly={chosen !== null}
            onChange={(event) => {
              onType(event.currentTarget.value, other);
              list.openDropdown();
            }}
            onBlur={() => list.closeDropdown()}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={!isOpen}>
          <Combobox.Options>
            {found?.map((customer) => (
              <Combobox.Option key={customer.id} value={customer.id}>
                {shownCustomer(customer, t)}
                {customer.name !== null && customer.phones[0] && (
                  <span className="person-number figures">{customer.phones[0].e164}</span>
                )}
              </Combobox.Option>
            ))}
            {mayCreate && <Combobox.Option value={NEW}>{t('booking.customer_new', { name: typed })}</Combobox.Option>}
            {!mayCreate && found?.length === 0 && <Combobox.Empty>{t('booking.nobody')}</Combobox.Empty>}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {chosen === null && typed !== '' && (
        <>
          <TextInput
            ref={otherInput}
            label={t(isNumber(who) ? 'booking.new_name' : 'booking.new_phone')}
            autoComplete="off"
            inputMode={isNumber(who) ? 'text' : 'tel'}
            maxLength={120}
            error={errors.other}
            value={other}
            onChange={(event) => onType(who, event.currentTarget.value)}
          />
          {mayView && <SameNumber phone={personOf(who, other).phone} onChoose={onChoose} />}
        </>
      )}
    </>
  );
}

interface SameNumberProps {
  phone: string;
  onChoose: (customer: Customer) => void;
}

/** Whose number it is already: families share one, so that it is said and not refused. */
function SameNumber({ phone, onChoose }: SameNumberProps) {
  const { t } = useWords();
  const known = useFoundCustomers(digitsIn(phone) < FEWEST_DIGITS ? '' : phone, 'phone') ?? [];
  if (known.length === 0) return null;
  return (
    <Alert color="yellow" icon={<Icon name="warning" />} role="status">
      <Stack gap="xs" align="flex-start">
        <Text>{t('booking.same_number', { count: known.length })}</Text>
        {known.map((one) => (
          <Button key={one.id} size="xs" variant="default" onClick={() => onChoose(one)}>
            {shownCustomer(one, t)}
          </Button>
        ))}
      </Stack>
    </Alert>
  );
}
