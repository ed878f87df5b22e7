import { Page } from '../parts/page.tsx';

export function ConversationPage() {
  return <Page title="Conversation">TODO</Page>;
}
