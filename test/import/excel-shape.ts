// Workbooks in the XML shape that Excel itself writes: parts, attributes and all that a reader has to pass over. Made here, not by Excel.
import { strToU8, type Zippable, zipSync } from 'fflate';

export type ShapedCell = string | number | boolean | null | { readonly xml: string } | { readonly v: number; readonly style: number };

/** Styles by place: 0 general, 1 `m/d/yy h:mm` (22), 2 `[h]:mm:ss` (46), 3 `dd/mm/yyyy\ hh:mm;@`, 4 `[h]:mm`, 5 text, 6 time only (20). */
const styles = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac x16r2 xr"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm;@"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts><fonts count="1" x14ac:knownFonts="1" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"><font><sz val="11"/><color theme="1"/><name val="Calibri"/><family val="2"/><scheme val="minor"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="14" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="7"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="22" xfId="0" applyNumberFormat="1"/><xf numFmtId="46" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" xfId="0" applyNumberFormat="1"/><xf numFmtId="20" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs count="0"/></styleSheet>`;

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function columnName(column: number): string {
	let name = '';
	for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
	return name;
}

export type Shape = {
	readonly sheets: readonly { readonly name: string; readonly state?: 'hidden'; readonly rows: readonly (readonly ShapedCell[])[] }[];
	readonly date1904?: boolean;
	/** Parts that take the place of those made here, or are added. */
	readonly parts?: Readonly<Record<string, string | Uint8Array>>;
};

export function excelShape({ sheets, date1904 = false, parts = {} }: Shape): Uint8Array {
	const words = new Map<string, number>();
	const cell = (one: ShapedCell, name: string): string => {
		if (one === null) return `<c r="${name}" s="5"/>`;
		if (typeof one === 'number') return `<c r="${name}"><v>${one}</v></c>`;
		if (typeof one === 'boolean') return `<c r="${name}" t="b"><v>${one ? 1 : 0}</v></c>`;
		if (typeof one === 'string') {
			if (!words.has(one)) words.set(one, words.size);
			return `<c r="${name}" t="s"><v>${words.get(one)}</v></c>`;
		}
		return 'xml' in one ? one.xml.replace('<c ', `<c r="${name}" `) : `<c r="${name}" s="${one.style}"><v>${one.v}</v></c>`;
	};
	const made: Record<string, string | Uint8Array> = {};
	sheets.forEach(({ rows }, index) => {
		const lines = rows.map(
			(row, r) =>
				`<row r="${r + 1}" spans="1:${row.length}" x14ac:dyDescent="0.25">${row.map((one, c) => cell(one, `${columnName(c + 1)}${r + 1}`)).join('')}</row>`,
		);
		made[`xl/worksheets/sheet${index + 1}.xml`] = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr xr2 xr3" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" xr:uid="{00000000-0001-0000-0000-000000000000}"><dimension ref="A1:M20"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/><cols><col min="1" max="13" width="14.7109375" customWidth="1"/></cols><sheetData>${lines.join('')}</sheetData><autoFilter ref="A1:M20"/><dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="D2:D20"><formula1>"Normal,Email"</formula1></dataValidation></dataValidations><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>`;
	});
	const entries = [...words.keys()].map((word, i) =>
		i % 3 === 2 && word.length > 4
			? `<si><r><rPr><b/><sz val="11"/></rPr><t>${escapeXml(word.slice(0, 2))}</t></r><r><t xml:space="preserve">${escapeXml(word.slice(2))}</t></r><rPh sb="0" eb="1"><t>ignorato</t></rPh><phoneticPr fontId="1"/></si>`
			: `<si><t xml:space="preserve">${escapeXml(word)}</t></si>`,
	);
	const numbers = sheets.map((_, i) => i + 1);
	Object.assign(made, {
		'[Content_Types].xml': `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
		'_rels/.rels': `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		'docProps/app.xml': `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Microsoft Excel</Application><AppVersion>16.0300</AppVersion></Properties>`,
		'xl/workbook.xml': `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><fileVersion appName="xl" lastEdited="7" lowestEdited="7" rupBuild="22228"/><workbookPr ${date1904 ? 'date1904="1" ' : ''}defaultThemeVersion="166925"/><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x15"><x15ac:absPath url="C:\\" xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent><bookViews><workbookView xWindow="0" yWindow="0" windowWidth="28800" windowHeight="12210"/></bookViews><sheets>${sheets.map(({ name, state }, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" ${state ? `state="${state}" ` : ''}r:id="rId${i + 1}"/>`).join('')}</sheets><calcPr calcId="191029"/></workbook>`,
		'xl/_rels/workbook.xml.rels': `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId91" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId92" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>${numbers.map((n) => `<Relationship Id="rId${n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet${n}.xml"/>`).join('')}</Relationships>`,
		'xl/styles.xml': styles,
		'xl/sharedStrings.xml': `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="${words.size}" uniqueCount="${words.size}">${entries.join('')}</sst>`,
	});
	const all: Zippable = {};
	for (const [name, part] of Object.entries({ ...made, ...parts })) all[name] = typeof part === 'string' ? strToU8(part) : part;
	return zipSync(all, { level: 6, mtime: new Date(2025, 9, 1) });
}

/** Days since the end of 1899 of a clock's time, as Excel counts them. */
export const serial = (text: string): number => (Date.parse(`${text}Z`) - Date.UTC(1899, 11, 30)) / 86_400_000;
export const serial1904 = (text: string): number => (Date.parse(`${text}Z`) - Date.UTC(1904, 0, 1)) / 86_400_000;
