// Refuses a Node that cannot run these sources, with the remedy. Plain JavaScript, so that any Node can read it.
const [major] = process.versions.node.split('.').map(Number);
if (major < 24) {
	console.error(`Regia needs Node 24 or newer and was started with ${process.version}.`);
	console.error('Run "npm ci" here and start it with "npm start": the project brings its own Node. Or install Node 24.');
	process.exit(2);
}
