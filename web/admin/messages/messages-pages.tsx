/** /admin/messages and what lies below it: messages are sent by what happens and from a customer's page, and only looked at here. */
import { Route, Routes } from 'react-router';
import { useMay } from '../admin-context.tsx';
import { DetailPage } from '../kit/detail-page.tsx';
import { Forbidden } from '../kit/forbidden.tsx';
import { IndexPage } from '../kit/index-page.tsx';
import '../kit/kit.css';
import { NotFoundPage } from '../page-parts.tsx';
import { messagesView } from './messages.view.ts';

export default function MessagesPages() {
  const maySee = useMay(messagesView.permissions.view);
  if (!maySee) return <Forbidden view={messagesView} />;
  return (
    <Routes>
      <Route index element={<IndexPage view={messagesView} />} />
      <Route path=":id" element={<DetailPage view={messagesView} />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
