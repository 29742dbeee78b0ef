/** What draws the short messages. Loaded by toasts.tsx. */
import { Notifications } from '@mantine/notifications';

const ToastList = () => <Notifications position="bottom-left" limit={2} />;
export default ToastList;
