// A planted fault for the search at the end of the run: a log that tells a token. Left out but where secrets.test.ts asks for it.
import { test } from 'vitest';
import { keepEvidence, noticeSecrets } from '../kit/evidence.ts';

test.runIf(process.env.REGIA_PLANTED_LEAK !== undefined)('a token is told', () => {
	const token = `regia_0123456789_${'Kq3v-x8Zt0LbW_y2RjN5mPfDsQ7aHgE4cUoI6kTnVwX'}`;
	noticeSecrets(token);
	keepEvidence('log', `{"level":30,"token":"${token}"}`);
});
