// A server's clock that a test can set forward: loaded before the server; each SIGUSR2 is half a minute and a second.
const JUMP_MS = 31_000;
const real = Date.now;
let ahead = 0;
process.on('SIGUSR2', () => {
	ahead += JUMP_MS;
});
Date.now = () => real() + ahead;
