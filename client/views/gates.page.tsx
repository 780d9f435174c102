// All gates of the night, those that are open first, and the way back beside them.
import { useJudged } from '../store/hooks.ts';
import { useRunbookWords } from './desk-words.ts';
import styles from './gates.module.css';
import { gatesInOrder } from './gates-model.ts';
import { GatePanel } from './gates-panel.tsx';
import { WayBack } from './gates-way-back.tsx';

export function GatesPage() {
	const own = useRunbookWords();
	const ids = useJudged((judged) => {
		const all = gatesInOrder(judged);
		const isClosed = (id: string): boolean => judged.gates[id]?.closed !== null;
		return { open: all.filter((id) => !isClosed(id)), closed: all.filter(isClosed).toReversed(), of: all.length };
	});
	if (ids === null) return null;
	return (
		<>
			<h1 className="for-ears">{own.nav.gates}</h1>
			{ids.of === 0 && <p className={styles.quiet}>{own.gate.none}</p>}
			{ids.of > 0 && ids.open.length === 0 && <p className={styles.quiet}>{own.gate.noneOpen}</p>}
			<div className={styles.page}>
				{/* With none open the closed ones take their place: half a page left empty would look broken. */}
				<Stack ids={ids.open.length === 0 ? ids.closed : ids.open} />
				<div className={styles.stack}>
					<WayBack />
					{ids.open.length > 0 && <Stack ids={ids.closed} />}
				</div>
			</div>
		</>
	);
}

function Stack({ ids }: { readonly ids: readonly string[] }) {
	return (
		<div className={styles.stack}>
			{ids.map((id) => (
				<GatePanel key={id} id={id} isFull />
			))}
		</div>
	);
}
