/** Says that what is shown is of an earlier hour, because the server cannot be reached. Drawn below the header of both shells. */
import { useConnection } from './connection.ts';
import { time } from './format.ts';
import { Icon } from './icon.tsx';
import './offline-bar.css';

interface OfflineBarProps {
  t: (key: 'offline.bar', values: { time: string }) => string;
  zone: string;
  language: string;
}

/** Always there for screen readers, which announce what comes into it. */
export function OfflineBar({ t, zone, language }: OfflineBarProps) {
  const { isOffline, lastReachedAt } = useConnection();
  return (
    <div role="status" className={isOffline ? 'offline-bar' : undefined}>
      {isOffline && (
        <>
          <Icon name="warning" size={16} />
          {t('offline.bar', { time: time(lastReachedAt, zone, language) })}
        </>
      )}
    </div>
  );
}
