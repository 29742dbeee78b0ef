/** Whose calls: found by name or number as customers are, chosen from what is found. Loaded by the call's page when somebody links it. */
import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useState } from 'react';
import type { Customer } from '../../../shared/contract/customers.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { CUSTOMERS, shownCustomer, useFoundCustomers } from '../kit/use-found-customers.ts';

interface PersonFilterProps {
  /** id of the customer; null: everybody's */
  chosen: string | null;
  onChoose: (id: string | null) => void;
}

/** Nothing for who may not read customers. */
export function PersonFilter({ chosen, onChoose }: PersonFilterProps) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const mayView = useMay('view_customers');
  const list = useCombobox({ onDropdownClose: () => list.resetSelectedOption() });
  const [typed, setTyped] = useState('');
  const found = useFoundCustomers(mayView && chosen === null ? typed : '');
  const person = useAnswer<{ data: Customer }>(
    mayView ? chosen : null,
    (signal) => api.get(`${CUSTOMERS}/${encodeURIComponent(chosen ?? '')}`, {}, signal),
    { language },
  );
  if (!mayView) return null;
  const isChosen = chosen !== null;
  return (
    <Combobox
      store={list}
      withinPortal
      onOptionSubmit={(id) => {
        onChoose(id);
        setTyped('');
        list.closeDropdown();
      }}
    >
      <Combobox.Target>
        <TextInput
          className="kit-search"
          label={t('calls.person')}
          placeholder={t('calls.person_hint')}
          leftSection={<Icon name="search" size={16} />}
          rightSection={
            isChosen ? (
              <button
                type="button"
                className="person-clear"
                aria-label={t('kit.filter_off')}
                onClick={() => onChoose(null)}
              >
                <Icon name="cross" size={16} />
              </button>
            ) : undefined
          }
          value={isChosen ? (person.body ? shownCustomer(person.body.data, t) : '…') : typed}
          readOnly={isChosen}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            list.openDropdown();
          }}
          onFocus={() => list.openDropdown()}
          onBlur={() => list.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={isChosen || found === null}>
        <Combobox.Options>
          {found?.length === 0 && <Combobox.Empty>{t('calls.person_none')}</Combobox.Empty>}
          {found?.map((customer) => (
            <Combobox.Option key={customer.id} value={customer.id}>
              {shownCustomer(customer, t)}
              {customer.name !== null && customer.phones[0] && (
                <span className="person-number figures">{customer.phones[0].e164}</span>
              )}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
