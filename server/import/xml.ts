// A bounded reader of the XML inside a workbook: no document types, no entities of its own, no depth without end. Knows no workbook.
import { SaxesParser } from 'saxes';
import { SheetError } from './sheet.ts';
import type { Zip } from './zip.ts';

const DEEPEST = 40;
/** No part of a workbook has a tenth of it. */
const MOST_ATTRIBUTES = 200;

export type Attributes = Readonly<Record<string, string>>;
export type XmlTaker = {
	/** Names come without their namespace's prefix. */
	open?(name: string, attributes: Attributes): void;
	text?(text: string): void;
	close?(name: string): void;
};

const withoutPrefix = (name: string): string => name.slice(name.indexOf(':') + 1);
const malformed = (): SheetError =>
	new SheetError('the file is damaged: a part of it is not as a workbook’s is', 'open it and save it again as .xlsx');

export function readXml(zip: Zip, part: string, taker: XmlTaker): void {
	const parser = new SaxesParser({ xmlns: false, position: false });
	let depth = 0;
	let attributes = 0;
	parser.on('error', () => {
		throw malformed();
	});
	parser.on('doctype', () => {
		throw new SheetError('the file declares a document type, which no spreadsheet program writes', 'open it and save it again as .xlsx');
	});
	parser.on('opentagstart', () => {
		attributes = 0;
	});
	parser.on('attribute', () => {
		attributes += 1;
		if (attributes > MOST_ATTRIBUTES) throw malformed();
	});
	parser.on('opentag', ({ name, attributes: given }) => {
		depth += 1;
		if (depth > DEEPEST) throw malformed();
		taker.open?.(withoutPrefix(name), given);
	});
	parser.on('closetag', ({ name }) => {
		depth -= 1;
		taker.close?.(withoutPrefix(name));
	});
	if (taker.text) {
		const take = (text: string): void => taker.text?.(text);
		parser.on('text', take);
		parser.on('cdata', take);
	}
	const decoder = new TextDecoder('utf-8', { fatal: true });
	try {
		zip.read(part, (piece) => {
			parser.write(decoder.decode(piece, { stream: true }));
		});
		parser.write(decoder.decode()).close();
	} catch (error) {
		// The decoder's own complaint about bytes that are no UTF-8.
		if (error instanceof TypeError) throw malformed();
		throw error;
	}
}

/** An attribute by its name, whatever its prefix. */
export function attribute(attributes: Attributes, name: string): string | undefined {
	if (Object.hasOwn(attributes, name)) return attributes[name];
	const key = Object.keys(attributes).find((one) => one.endsWith(`:${name}`));
	return key === undefined ? undefined : attributes[key];
}
