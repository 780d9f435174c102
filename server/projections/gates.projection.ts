// Gates: what their criteria last read and since when they have been met, who voted what, and what it came to.
import type { CriterionFacts, GateFacts } from '../../shared/board-night.ts';
import type { AutoDraft, MarkDraft } from '../../shared/entry.ts';
import { isMeasure, measureOf } from '../../shared/measures.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Sample } from '../../shared/sample.ts';

export type GateCell = { live: GateFacts; retired: boolean };
export type GateCells = Record<string, GateCell>;

export function planGates(_cells: GateCells, _plan: Plan): void {}
export function applyGateSample(_cells: GateCells, _sample: Sample, _seen: number, _isNews: boolean): void {}
export function applyGateMark(_cells: GateCells, _seq: number, _mark: MarkDraft): void {}
export function applyGateDecision(_cells: GateCells, _auto: Extract<AutoDraft, { what: 'gate' }>, _seen: number): void {}
export type { CriterionFacts };
export { isMeasure, measureOf };
