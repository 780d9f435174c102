// Which file sends for which kind of channel: the compiler demands a line for each.
import type { Plan } from '../../shared/plan.ts';
import type { Channel, Outside } from './channel.ts';
import { openEmail } from './email.channel.ts';
import { openTeams } from './teams.channel.ts';
import { openTelegram } from './telegram.channel.ts';
import { openWebhook } from './webhook.channel.ts';

export function openChannel(plan: Plan['channels'][string], outside: Outside): Channel {
	switch (plan.kind) {
		case 'email':
			return openEmail(plan, outside);
		case 'webhook':
			return openWebhook(plan, outside);
		case 'teams':
			return openTeams(plan, outside);
		case 'telegram':
			return openTelegram(plan, outside);
	}
}
