// Thirty small services and a receiver of messages in a process of their own, so that a network can be cut between them and Regia.
// Run with an address to listen on and, to come back as they were, their ports. Says its ports in one line, and each message that it takes in another.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer as createWeb } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { createServer as createTls } from 'node:tls';
import { type Asked, counts, type ServiceKind } from './blind-counts.ts';

const { host, ports, certificate } = JSON.parse(process.argv[2] ?? '{}') as Asked;

async function listen(server: Server, port: number): Promise<number> {
	server.on('error', () => process.exit(1));
	server.listen(port, host);
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

/** Answers every question for an address with 10.0.0.1. */
async function listenDns(port: number): Promise<number> {
	const socket = createSocket('udp4');
	socket.on('message', (question, from) => {
		const answer = Buffer.concat([question, Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 10, 0, 0, 1])]);
		answer.writeUInt16BE(0x8180, 2);
		answer.writeUInt16BE(1, 6);
		socket.send(answer, from.port, from.address);
	});
	socket.bind(port, host);
	await once(socket, 'listening');
	return socket.address().port;
}

const web = (): Server => createWeb((_request, response) => void response.end('bene'));
const makers: Readonly<Record<ServiceKind, (port: number) => Promise<number>>> = {
	canary: (port) => listen(web(), port),
	http: (port) => listen(web(), port),
	tcp: (port) =>
		listen(
			createServer((socket) => void socket.on('error', () => undefined).resume()),
			port,
		),
	tls: (port) =>
		certificate === null
			? listen(web(), port)
			: listen(
					createTls(certificate, (socket) => void socket.on('error', () => undefined).resume()),
					port,
				),
	dns: listenDns,
	smtp: (port) =>
		listen(
			createServer((socket) => {
				socket.on('error', () => undefined);
				socket.write('220 posta.example.it ESMTP\r\n');
				socket.on('data', (said) => void (String(said).startsWith('QUIT') ? socket.end('221 ciao\r\n') : socket.write('250 posta.example.it\r\n')));
			}),
			port,
		),
};

const receiver = createWeb(async (request, response) => {
	let body = '';
	for await (const chunk of request) body += String(chunk);
	console.log(JSON.stringify({ got: JSON.parse(body) }));
	response.end('bene');
});

const open: Record<string, number[]> = { receiver: [await listen(receiver, ports?.receiver[0] ?? 0)] };
for (const [kind, count] of Object.entries(counts)) {
	const make = makers[kind as ServiceKind];
	open[kind] = await Promise.all(Array.from({ length: count }, (_, n) => make(ports?.[kind as ServiceKind][n] ?? 0)));
}
console.log(JSON.stringify({ ports: open }));
