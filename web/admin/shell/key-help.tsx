/** The keys of the panel. Loaded when somebody asks for them with `?`. */
import { Kbd, Modal, Table } from '@mantine/core';
import { useWords } from '../admin-context.tsx';

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

export default function KeyHelp({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const keys = [
    [IS_MAC ? '⌘K' : `${t('kit.control_key')} K`, t('keyhelp.palette')],
    ['/', t('keyhelp.search')],
    ['c', t('keyhelp.create')],
    ['j', t('keyhelp.down')],
    ['k', t('keyhelp.up')],
    ['x', t('keyhelp.choose')],
    ['Enter', t('keyhelp.open')],
    [IS_MAC ? '⌘S' : `${t('kit.control_key')} S`, t('keyhelp.save')],
    ['Esc', t('keyhelp.escape')],
    ['?', t('keyhelp.help')],
  ] as const;
  return (
    <Modal opened onClose={onClose} title={t('keyhelp.title')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Table>
        <Table.Tbody>
          {keys.map(([key, what]) => (
            <Table.Tr key={key}>
              <Table.Td w={96}>
                <Kbd>{key}</Kbd>
              </Table.Td>
              <Table.Td>{what}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
