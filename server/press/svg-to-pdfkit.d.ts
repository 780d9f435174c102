// The part of svg-to-pdfkit that sheets use; it brings no types of its own.
declare module 'svg-to-pdfkit' {
	type Options = {
		width?: number;
		height?: number;
		assumePt?: boolean;
		preserveAspectRatio?: string;
		fontCallback?: (family: string, bold: boolean, italic: boolean) => string;
		warningCallback?: (warning: string) => void;
	};
	function SVGtoPDF(document: unknown, svg: string, x: number, y: number, options?: Options): void;
	export = SVGtoPDF;
}
