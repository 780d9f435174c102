// How the page of a sheet looks, on a screen and on paper. Its two colours are the sheet's own.
import type { SheetLook } from '../../shared/sheet.ts';
import { tone } from './page.ts';
import { FAMILY, pageFaces } from './typeface.ts';

/** `text`: what stands on the page; it decides which letters it carries with it. */
export function pageStyle({ ink, accent }: SheetLook, text: string): string {
	const faces = pageFaces(text).map(
		({ weight, range, base64 }) =>
			`@font-face{font-family:"${FAMILY}";font-weight:${weight};font-display:block;src:url(data:font/woff2;base64,${base64}) format("woff2");unicode-range:${range}}`,
	);
	return [
		...faces,
		`:root{color-scheme:light}*{box-sizing:border-box}`,
		`body{margin:0;background:#fff;color:${tone.text};font:400 1.125rem/1.45 "${FAMILY}",system-ui,"Segoe UI",Roboto,Arial,sans-serif;overflow-wrap:anywhere}`,
		`.sheet{position:relative;max-width:72rem;margin:0 auto;padding:2.5rem 2rem 2rem;overflow:hidden}`,
		`.band{margin:0;padding:.6rem 2rem;background:${tone.watch};color:#fff;font-weight:700}`,
		`.across{position:absolute;inset:0;z-index:-1;width:100%;height:100%}`,
		`.status{display:inline-block;margin:0 0 .5rem;padding:.1rem .8rem;border:2px solid ${tone.bad};color:${tone.bad};font-weight:700}`,
		`header{display:flex;justify-content:space-between;align-items:flex-start;gap:2rem}.logo{max-height:5rem;max-width:16rem}`,
		`h1{margin:0;color:${ink};font-size:2.25rem;line-height:1.2;text-wrap:balance}header p{margin:.25rem 0 0}.subtitle,.note,footer{color:${tone.mid}}.subtitle{font-size:1.25rem}`,
		`.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(14rem,1fr));gap:1.5rem 2.5rem;margin:2rem 0;padding:0;list-style:none}`,
		`.figures p{margin:0;text-wrap:balance}.figures .value{color:${ink};font-size:3.5rem;font-weight:600;line-height:1.1}.note{font-size:1rem}`,
		`.words{max-width:60rem;margin:0 0 2rem}.words p{margin:0 0 .6rem}h2{margin:0 0 .5rem;font-size:1.25rem;font-weight:600}`,
		`.body{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:2rem 4rem;align-items:start}figure{margin:0}figure svg,td svg{display:block;width:100%;height:auto}`,
		`table{width:100%;border-collapse:collapse;margin-bottom:1.75rem}caption{text-align:left;font-size:1.25rem;font-weight:600;padding-bottom:.5rem}`,
		`th,td{padding:.45rem 0;border-top:1px solid ${tone.line};font-weight:400;text-align:left;vertical-align:middle}td.bar{width:36%;padding:0 1rem}td.bar svg{height:.75rem}td.value{min-width:5.5rem;text-align:right;padding-left:1rem}p,li{text-wrap:pretty}td.bar+td.value{width:6rem}`,
		`.hid{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}.accent{fill:${accent}}.track{fill:${tone.track}}`,
		`footer{display:flex;justify-content:space-between;align-items:flex-start;gap:2rem;margin-top:2rem;padding-top:1rem;border-top:2px solid ${ink};font-size:1rem}footer>div{min-width:0}`,
		`footer p{margin:0 0 .25rem}.issuer{color:${tone.text};font-weight:600}footer h2{margin:1rem 0 .25rem;font-size:1rem;color:${tone.text}}footer ul{margin:0;padding-left:1.1rem}footer a{color:inherit}.code{flex:none;width:8rem;height:8rem}`,
		`@media(max-width:40rem){.sheet{padding:1.25rem 1rem}h1{font-size:1.6rem}header,footer{flex-direction:column-reverse;gap:1rem}footer{flex-direction:column}.figures .value{font-size:2.6rem}}`,
		`@page{size:A4;margin:14mm}@media print{body{font-size:10.5pt}.sheet{max-width:none;padding:5mm 0 0;overflow:visible}figure svg{max-height:7cm}.band,.across,.accent,.track{print-color-adjust:exact}tr,figure,.figures li,footer{break-inside:avoid}.figures{grid-template-columns:1fr 1fr}.figures .value{font-size:30pt}}`,
	].join('\n');
}
