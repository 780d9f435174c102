// Signed times (RFC 3161): asks an authority to sign a hash, and checks that its answer is for what was asked. The only importer of ASN.1.
// Keeps nothing; the authority's own signature is verified by whoever trusts it, with its certificate (openssl ts -verify).
import { hash, randomBytes } from 'node:crypto';
import { ContentInfo, id_signedData, SignedData } from '@peculiar/asn1-cms';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { MessageImprint, PKIStatus, TimeStampReq, TimeStampReqVersion, TimeStampResp, TSTInfo } from '@peculiar/asn1-tsp';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';

const SHA_256 = '2.16.840.1.101.3.4.2.1';
const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const NONCE_BYTES = 8;
const ANSWER_MAX_BYTES = 65_536;
const ANSWER_WITHIN_MS = 10_000;

export type TimestampFault = 'unreachable' | 'bad-status' | 'too-large' | 'unreadable' | 'not-granted' | 'other-imprint' | 'other-nonce';
export type Signed = { readonly ok: true; readonly answer: Uint8Array; readonly at: number } | { readonly ok: false; readonly code: TimestampFault };

type Asked = { readonly query: Uint8Array; readonly imprint: Uint8Array; readonly nonce: Uint8Array };

/** `data` is hashed with SHA-256; the query asks for the authority's certificate too, so that the answer can be verified for ever. */
export function timestampQuery(data: Uint8Array): Asked {
	const imprint = hash('sha256', data, 'buffer');
	const nonce = randomBytes(NONCE_BYTES);
	// A positive INTEGER without needless leading zeros: the same bytes come back.
	nonce[0] = ((nonce[0] ?? 0) & 0x7f) | 0x40;
	const request = new TimeStampReq({
		version: TimeStampReqVersion.v1,
		messageImprint: new MessageImprint({
			hashAlgorithm: new AlgorithmIdentifier({ algorithm: SHA_256, parameters: null }),
			hashedMessage: new OctetString(imprint),
		}),
		nonce: exactBuffer(nonce),
		certReq: true,
	});
	return { query: new Uint8Array(AsnConvert.serialize(request)), imprint, nonce };
}

/** Whether an answer grants what was asked: the same imprint, the same nonce. */
export function readTimestampAnswer(answer: Uint8Array, asked: Pick<Asked, 'imprint' | 'nonce'>): Signed {
	let info: TSTInfo;
	try {
		const { status, timeStampToken } = AsnConvert.parse(exactBuffer(answer), TimeStampResp);
		if ((status.status !== PKIStatus.granted && status.status !== PKIStatus.grantedWithMods) || !timeStampToken)
			return { ok: false, code: 'not-granted' };
		const envelope = AsnConvert.parse(AsnConvert.serialize(timeStampToken), ContentInfo);
		if (envelope.contentType !== id_signedData) return { ok: false, code: 'unreadable' };
		const { eContentType, eContent } = AsnConvert.parse(envelope.content, SignedData).encapContentInfo;
		const inside = eContent?.single?.buffer ?? eContent?.any;
		if (eContentType !== TST_INFO || inside === undefined) return { ok: false, code: 'unreadable' };
		info = AsnConvert.parse(inside, TSTInfo);
	} catch {
		return { ok: false, code: 'unreadable' };
	}
	const { hashAlgorithm, hashedMessage } = info.messageImprint;
	if (hashAlgorithm.algorithm !== SHA_256 || !isSame(hashedMessage.buffer, asked.imprint)) return { ok: false, code: 'other-imprint' };
	if (info.nonce === undefined || !isSame(info.nonce, asked.nonce)) return { ok: false, code: 'other-nonce' };
	return { ok: true, answer, at: info.genTime.getTime() };
}

/** Never throws: an authority that is away is data. */
export async function askTimestamp(authority: string, data: Uint8Array, within = ANSWER_WITHIN_MS): Promise<Signed> {
	const asked = timestampQuery(data);
	try {
		const response = await fetch(authority, {
			method: 'POST',
			headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
			body: exactBuffer(asked.query),
			redirect: 'error',
			signal: AbortSignal.timeout(within),
		});
		if (response.status !== 200) {
			await response.body?.cancel();
			return { ok: false, code: 'bad-status' };
		}
		const answer = await readBounded(response);
		return answer === null ? { ok: false, code: 'too-large' } : readTimestampAnswer(answer, asked);
	} catch {
		return { ok: false, code: 'unreachable' };
	}
}

async function readBounded(response: Response): Promise<Uint8Array | null> {
	const pieces: Uint8Array[] = [];
	let size = 0;
	for await (const piece of response.body ?? []) {
		size += piece.length;
		if (size > ANSWER_MAX_BYTES) return null;
		pieces.push(piece);
	}
	return Buffer.concat(pieces);
}

const isSame = (a: ArrayBuffer, b: Uint8Array): boolean => Buffer.compare(new Uint8Array(a), b) === 0;

/** A copy whose buffer holds these bytes and no more: the ASN.1 library looks at the buffer. */
function exactBuffer(bytes: Uint8Array): ArrayBuffer {
	const copy = new ArrayBuffer(bytes.length);
	new Uint8Array(copy).set(bytes);
	return copy;
}
