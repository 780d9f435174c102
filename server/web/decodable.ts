// Whether a path's percent-encoding is whole. Knows no request.
export function isDecodable(path: string): boolean {
	try {
		decodeURIComponent(path);
		return true;
	} catch {
		return false;
	}
}
