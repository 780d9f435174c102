// A cause that was recorded by mistake: taken back within ten seconds, or corrected later; what the incident, its sentences and /status then say.
import { describe, expect, test } from 'vitest';
import { renderStatus } from '../../server/web/status-page.ts';
import { type StatusSheet, statusSheetOf } from '../../server/web/status-sheet.ts';
import { instantAt, type Played, play } from './incident-play.ts';

const SECOND = 1 / 60;
/** The entry of the last cause that was marked. */
const lastCause = ({ entries }: Played): number =>
	entries.findLast((one) => one.kind === 'mark' && one.mark.kind === 'incident' && one.mark.act === 'cause')?.seq ?? 0;
/** The script, and the last cause taken back so many seconds after minute 9. */
function undone(script: string, seconds: number): Played {
	const played = play(script);
	played.step(`${9 + seconds * SECOND} undo ${lastCause(played)}`);
	return played;
}
const causeOf = ({ board }: Played): string => `${board.incidents.rows.i?.nature} ${board.incidents.rows.i?.cause}`;

describe('a cause that is taken back', () => {
	test.each([
		['the first one: unknown as before', '0 open; 9 cause attack', 2, 'unknown null', []],
		['at the tenth second', '0 open; 9 cause attack', 10, 'unknown null', []],
		['after it', '0 open; 9 cause attack', 10.1, 'attack null', ['too-late']],
		['one over another: the other, with its words', '0 open; 1 cause failure pompe; 9 cause attack', 2, 'failure pompe', []],
		['under a status that rests on it', '0 open; 9 cause attack; 9.01 status cause-known', 2, 'attack null', ['overlaid']],
		['under a note', '0 open; 9 cause attack; 9.01 note x', 2, 'unknown null', []],
	] as const)('%s', (_name, script, seconds, expected, refused) => {
		const played = undone(script, seconds);
		expect([causeOf(played), played.refused]).toEqual([expected, refused]);
	});

	test('is on the timeline with what it was put back to, and by whom', () => {
		const { board } = undone('0 open; 1 cause failure pompe; 9 cause attack', 2);
		const lines = Object.values(board.incidents.rows.i?.lines.rows ?? {}).filter(({ what }) => what === 'cause');
		expect(lines.map(({ detail, text, by }) => `${detail} ${text} ${by}`)).toEqual(['failure pompe sala', 'attack null sala', 'failure pompe sala']);
	});

	test('has contradicted nobody', () => {
		const played = undone('0 open; 5 say i not attack; 9 cause attack', 9);
		played.step('12 tick');
		expect(played.wrote).toEqual([]);
		expect(played.statement('s1', 12)).toMatchObject({ verdict: 'unknown', contradictedAt: null });
	});
});

describe('a cause that is corrected after it contradicted a sentence', () => {
	const script = '0 open; 5 say i not attack; 9 cause attack; 9.5 tick';
	const corrected = { from: instantAt(9.5), until: instantAt(12) };
	const sheetAt = (played: Played, minute: number): StatusSheet =>
		statusSheetOf(
			{ title: 'Stato', services: [], dependants: [] },
			{ board: played.board, judged: played.judgedAt(minute), journal: { writes: true, since: 0 } },
		);

	test('the sentence holds again, and says from when until when it did not', () => {
		const before = play(script);
		expect(before.statement('s1', 10)).toMatchObject({ verdict: 'contradicted', contradictedAt: instantAt(9.5) });
		expect(before.statement('s1', 10)?.corrected).toBeUndefined();
		expect(play(`${script}; 12 cause failure`).statement('s1', 13)).toMatchObject({ verdict: 'holds', contradictedAt: null, corrected });
		expect(play(`${script}; 12 cause unknown`).statement('s1', 13)).toMatchObject({ verdict: 'unknown', contradictedAt: null, corrected });
	});

	test('/status says that it was shown as not valid, and no longer that it is not', () => {
		expect(renderStatus(sheetAt(play(script), 10), 'it')).toContain('Non più valida');
		const sheet = sheetAt(play(`${script}; 12 cause failure`), 13);
		expect(sheet.sentences).toEqual([{ at: instantAt(5), text: 'Frase', noLongerSince: null, corrected }]);
		expect(renderStatus(sheet, 'it')).not.toContain('Non più valida');
		expect(renderStatus(sheet, 'it')).toMatch(/Dal .* al .* qui risultava non valida, per un errore poi corretto\./);
		expect(renderStatus(sheet, 'en')).toContain('by an error since corrected');
	});

	test('the incident’s timeline keeps both', () => {
		const { board } = play(`${script}; 12 cause failure`);
		const lines = Object.values(board.incidents.rows.i?.lines.rows ?? {}).map(({ what, detail }) => `${what} ${detail ?? ''}`.trim());
		expect(lines).toEqual(['opened', 'said', 'cause attack', 'contradicted other-nature', 'cause failure']);
	});
});
