// Words of the public pages of press sheets in English.
import type { Shape } from './it.ts';
import type { pressPublicIt } from './it-press-public.ts';

export const pressPublicEn: Shape<typeof pressPublicIt> = {
	tag: 'en',
	other: { tag: 'it', label: 'Italiano' },
	rehearsal: 'REHEARSAL (PROVA)',
	rehearsalLine: 'This is a rehearsal: nothing below is about real services.',
	holds: 'This sheet still holds.',
	superseded: 'SUPERSEDED',
	supersededBy: 'This sheet was superseded by {id}.',
	withdrawn: 'WITHDRAWN',
	withdrawnAt: 'This sheet was withdrawn on {at} because: {reason}',
	sheet: 'Sheet {id}',
	number: 'no. {number}/{year}',
	released: 'Released on {at}, once a second person had approved it.',
	situation: 'As of {at}',
	facts: 'The programme',
	methods: 'How they are counted',
	files: 'The files and their digests',
	filesLine: 'A file is the one that was released if this is its SHA-256 digest.',
	filesFirstLine:
		'These SHA-256 digests are of the files as they were first released: whoever has one can check it. They can no longer be downloaded here.',
	noFiles: 'The files are not available at this moment.',
	verify: 'How to verify it',
	verifyData: 'The figures are frozen: the SHA-256 digest of the data, printed on the sheet, is',
	verifyHow:
		'Download the data: the digest of “frozen”, written as JSON with its keys in alphabetical order and no spaces, is the same. Its first part is enough to compare by eye.',
	verifyRecord: 'In the record the figures are those of entry {seq}, with hash {hash}.',
	data: 'Data (JSON)',
	picture: 'The sheet as a picture',
	by: 'By {issuer}',
	nothingTitle: 'No sheet at this address',
	nothing: 'Check the code printed on the sheet. Only what was released is found here.',
	laterTitle: 'The sheet is not ready',
	later: 'Try again in a minute.',
	asOf: 'As of',
	refreshed: 'The page refreshes itself every minute.',
	unseen: 'not visible at this moment',
	noLive: 'No page at this address',
};
