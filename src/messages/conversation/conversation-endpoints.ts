// Conversation: with whom messages are exchanged, and the messages to and from one handset, with their texts. Extensions.
import { ApiError } from '../../base/errors.ts';
import { defineEndpoint } from '../../http/endpoint.ts';
import { sortingOf } from '../../http/order.ts';
import { pageAnswer, pageOf, uncountedPageAnswer } from '../../http/page.ts';
import { parseE164 } from '../../telecom/e164.ts';
import { numberHint } from '../../telecom/written-number.ts';
import { listConversations } from './conversation-list.ts';
import { listConversation } from './conversation-store.ts';
import {
  ConversationBody,
  ConversationInput,
  ConversationListBody,
  ConversationPath,
  conversationFiltersFromWire,
  conversationMessageToWire,
  conversationToWire,
  ListConversationsInput,
} from './conversation-wire.ts';

export const listConversationsEndpoint = defineEndpoint({
  summary: 'List conversations',
  description:
    'With whom the account exchanges messages, the newest first, each with its last message. Those in which the person has written are the newest 5,000, among the newest 20,000 messages that came in; those who were only written to are looked for among the newest 50,000 that went out. Numbers that `log` masks are left out.',
  extension: true,
  input: ListConversationsInput,
  mayLag: true,
  answers: { 200: ConversationListBody },
  async handle({ db, scope, input }) {
    const page = pageOf(input);
    const { conversations, total } = await listConversations(
      db,
      scope,
      conversationFiltersFromWire(input),
      page,
      sortingOf(input),
    );
    const uri = `/v1/Account/${scope.accountId}/Conversation/`;
    return pageAnswer(uri, page, input, total, conversations.map(conversationToWire));
  },
});

export const listConversationEndpoint = defineEndpoint({
  summary: 'List the messages to and from a handset',
  description:
    'Both directions, the newest first, among the newest 100,000 messages of the account. Texts are shown for as long as they are kept, and only where `log` keeps them; messages whose `log` masks the number are left out.',
  extension: true,
  path: ConversationPath,
  input: ConversationInput,
  mayLag: true,
  answers: { 200: ConversationBody },
  async handle({ db, scope, path, input }) {
    const number = parseE164(path.number)?.number;
    if (number === undefined) {
      const hint = numberHint(path.number);
      throw new ApiError('invalid', `number must be a telephone number with its country code${hint}`);
    }
    const page = pageOf(input);
    const conversation = { number, powerpackUuid: input.powerpack_uuid };
    const { messages, hasMore } = await listConversation(db, scope, conversation, page);
    const uri = `/v1/Account/${scope.accountId}/Conversation/${number}/`;
    return uncountedPageAnswer(uri, page, input, hasMore, messages.map(conversationMessageToWire));
  },
});
