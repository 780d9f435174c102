// What the words of messages are, in any language. Only who sends messages, or says why one was not sent, loads them.
import type { Shape } from './it.ts';
import type { noticesIt } from './it-notices.ts';

export type NoticeWords = Shape<typeof noticesIt>;
