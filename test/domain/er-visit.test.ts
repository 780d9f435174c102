// One visit: what its words come to, whatever the order in which they arrive.
import { describe, expect, it } from 'vitest';
import { foldVisit } from '../../server/domain/er-visit.ts';
import { chanceBy, events, shuffled, told, wordOf } from './er-play.ts';

type Row = readonly [name: string, words: string, state: string];

const begins: readonly Row[] = [
	['nothing said is nothing known', '', 'unknown'],
	['an arrival waits', 'arrive 10:00', 'waiting none 10:00'],
	['an arrival straight into a bay has no wait', 'arrive 10:00 treatment 1', 'treatment 1 10:00'],
	['an arrival tells when it began', 'arrive 10:05 waiting began=10:00', 'waiting none 10:00'],
	['an update of an unknown visit makes it present, since before it was first heard of', 'update 10:05 3', 'waiting 3 before 10:05'],
	['an update of an unknown visit that tells the beginning', 'update 10:05 treatment began=08:00', 'treatment none 08:00'],
	['a transfer of an unknown visit makes it present where it went', 'transfer 10:05 treatment', 'treatment none before 10:05'],
	['an admission of an unknown visit boards', 'admit 10:05 treatment', 'boarding none before 10:05 since 10:05'],
	['a bed that is pending for an unknown visit', 'pend 10:05', 'boarding none before 10:05 since 10:05'],
	['a bed that is no longer pending says that the visit is there', 'unpend 10:05', 'waiting none before 10:05'],
	['a taken-back leave of an unknown visit says that it is there', 'cancel-leave 10:05 treatment', 'treatment none before 10:05'],
	['an admission taken back of an unknown visit says that it is there', 'discharge-class 10:05 treatment', 'treatment none before 10:05'],
	['a cancelled transfer of an unknown visit says where it is', 'cancel-transfer 10:05 treatment', 'treatment none before 10:05'],
	['of words that tell no beginning the first one stands', 'update 10:05 3; transfer 10:20 treatment', 'treatment 3 before 10:05 bay 10:20'],
	['an arrival told after them is the arrival', 'transfer 10:05 treatment; arrive 10:00 sent=10:30', 'treatment none 10:00 bay 10:05'],
	['a word that tells the beginning later tells the arrival', 'update 10:05; transfer 10:20 treatment began=09:30', 'treatment none 09:30 bay 10:20'],
	[
		'found here by a move, then moved to another emergency room: there it has arrived',
		'transfer 10:05 treatment; transfer 11:00 waiting /b',
		'a: none ?–11:00 transferred, then b: waiting none 11:00',
	],
	['an update about a ward makes nobody present', 'update 10:05 elsewhere', 'unknown'],
	['a transfer between wards makes nobody present', 'transfer 10:05 elsewhere', 'unknown'],
	['an admission straight to a ward makes nobody present', 'admit 10:05 elsewhere', 'unknown'],
	['a leave from a ward is no departure from here', 'leave 10:05 elsewhere home', 'unknown'],
	['two arrivals are one, the earlier', 'arrive 10:00; arrive 10:10', 'waiting none 10:00'],
	[
		'a second arrival does not send back who is in a bay',
		'arrive 10:00; transfer 10:20 treatment; arrive 10:30 began=10:00',
		'treatment none 10:00 bay 10:20',
	],
	['an update corrects the arrival', 'arrive 10:00; update 10:10 began=09:50', 'waiting none 09:50'],
	[
		'of two corrections the one said last stands',
		'arrive 10:00; update 10:10 began=09:50; update 10:08 sent=10:20 began=09:55',
		'waiting none 09:55',
	],
	[
		'the beginning told after an admission is the admission’s',
		'arrive 10:00; admit 12:00 treatment; update 12:05 began=12:00',
		'boarding none 10:00 since 12:00 bay 12:00',
	],
];

const moves: readonly Row[] = [
	['the code told last stands', 'arrive 10:00 5; update 10:05 3', 'waiting 3 10:00'],
	['a late word of an earlier code changes nothing', 'arrive 10:00; update 10:05 3; update 10:02 5 sent=10:30', 'waiting 3 10:00'],
	['a word without a code says nothing of it', 'arrive 10:00 2; update 10:05', 'waiting 2 10:00'],
	['not triaged may be said', 'arrive 10:00 2; update 10:05 none', 'waiting none 10:00'],
	['into a bay', 'arrive 10:00; transfer 10:20 treatment', 'treatment none 10:00 bay 10:20'],
	['an update moves as well', 'arrive 10:00; update 10:20 treatment', 'treatment none 10:00 bay 10:20'],
	[
		'into a bay a second time: the first was the wait',
		'arrive 10:00; transfer 10:20 treatment; transfer 10:30 waiting; transfer 10:40 treatment',
		'treatment none 10:00 bay 10:20',
	],
	['into observation', 'arrive 10:00; transfer 10:20 treatment; transfer 12:00 observation', 'observation none 10:00 bay 10:20'],
	['a transfer that tells no area moves nobody', 'arrive 10:00; transfer 10:20', 'waiting none 10:00'],
	['elsewhere: it has left', 'arrive 10:00; transfer 10:20 elsewhere', 'gone none 10:00–10:20 transferred'],
	['an update elsewhere removes nobody', 'arrive 10:00; update 10:20 elsewhere', 'waiting none 10:00'],
	['back from elsewhere', 'arrive 10:00; transfer 10:20 elsewhere; transfer 10:50 treatment', 'treatment none 10:00 bay 10:50'],
	[
		'an update does not bring back who was moved elsewhere',
		'arrive 10:00; transfer 10:20 elsewhere; update 10:50 treatment',
		'gone none 10:00–10:20 transferred',
	],
	[
		'between wards later: gone from the first',
		'arrive 10:00; transfer 10:20 elsewhere; transfer 15:00 elsewhere',
		'gone none 10:00–10:20 transferred',
	],
	['a cancelled transfer restores the former place', 'arrive 10:00; transfer 10:20 treatment; cancel-transfer 10:25', 'waiting none 10:00'],
	['a cancelled transfer elsewhere: never gone', 'arrive 10:00 treatment; transfer 10:20 elsewhere; cancel-transfer 10:25', 'treatment none 10:00'],
	[
		'a cancel that bears the instant of what it cancels',
		'arrive 10:00; transfer 10:20 treatment; transfer 10:40 observation; cancel-transfer 10:40 sent=10:50',
		'treatment none 10:00 bay 10:20',
	],
	[
		'a cancel of the earlier of two moves leaves the later',
		'arrive 10:00; transfer 10:20 treatment; transfer 10:40 observation; cancel-transfer 10:20 sent=10:50',
		'observation none 10:00',
	],
	[
		'the same cancel twice takes back one move',
		'arrive 10:00; transfer 10:10 treatment; transfer 10:20 observation; cancel-transfer 10:20 sent=10:30; cancel-transfer 10:20 sent=10:31',
		'treatment none 10:00 bay 10:10',
	],
	[
		'two cancels take back two moves',
		'arrive 10:00; transfer 10:10 treatment; transfer 10:20 observation; cancel-transfer 10:30; cancel-transfer 10:31',
		'waiting none 10:00',
	],
	['a cancel of a move that never was says where somebody is', 'arrive 10:00; cancel-transfer 10:20 treatment', 'treatment none 10:00 bay 10:20'],
	['a cancel of a move that never was, and no place: nothing', 'arrive 10:00; cancel-transfer 10:20', 'waiting none 10:00'],
	[
		'moved anew after a cancel',
		'arrive 10:00; transfer 10:10 treatment; cancel-transfer 10:12; transfer 10:30 treatment',
		'treatment none 10:00 bay 10:30',
	],
];

const beds: readonly Row[] = [
	['an admission boards from its time', 'arrive 10:00 2; transfer 10:10 treatment; admit 12:00', 'boarding 2 10:00 since 12:00 bay 10:10'],
	['a pending bed boards from its time', 'arrive 10:00; pend 11:00', 'boarding none 10:00 since 11:00'],
	['pending, then admitted: from the first', 'arrive 10:00; pend 11:00; admit 12:00 treatment', 'boarding none 10:00 since 11:00 bay 12:00'],
	['no longer pending', 'arrive 10:00 treatment; pend 11:00; unpend 11:30', 'treatment none 10:00'],
	['two beds pending, and one word that takes both back', 'arrive 10:00; pend 11:00; pend 11:10; unpend 11:30', 'waiting none 10:00'],
	['pending anew', 'arrive 10:00; pend 11:00; unpend 11:30; pend 12:00', 'boarding none 10:00 since 12:00'],
	['no longer pending, but admitted', 'arrive 10:00; pend 11:00; admit 12:00; unpend 12:30', 'boarding none 10:00 since 12:00'],
	['a bed taken back that never was', 'arrive 10:00; unpend 11:00', 'waiting none 10:00'],
	['an admission taken back', 'arrive 10:00 treatment; admit 12:00; discharge-class 12:30', 'treatment none 10:00'],
	[
		'an admission taken back leaves the bed that was pending',
		'arrive 10:00; pend 11:00; admit 12:00; discharge-class 12:30',
		'boarding none 10:00 since 11:00',
	],
	[
		'an admission to a ward taken back: never gone',
		'arrive 10:00 treatment; admit 12:00 elsewhere; discharge-class 12:30 treatment',
		'treatment none 10:00',
	],
	['admitted elsewhere has left as admitted', 'arrive 10:00; admit 12:00 elsewhere', 'gone none 10:00–12:00 admitted'],
	['boards, then goes to the ward', 'arrive 10:00; admit 12:00 treatment; transfer 15:00 elsewhere', 'gone none 10:00–15:00 admitted bay 12:00'],
	['boards, then leaves without more being said', 'arrive 10:00; admit 12:00; leave 15:00', 'gone none 10:00–15:00 admitted'],
	['boards, then dies', 'arrive 10:00; admit 12:00; leave 15:00 died', 'gone none 10:00–15:00 died'],
	['boards, and is moved: it boards still', 'arrive 10:00; admit 12:00; transfer 13:00 observation', 'boarding none 10:00 since 12:00'],
	['days later it leaves the ward', 'arrive 10:00; admit 12:00 elsewhere; leave 90:00 home elsewhere', 'gone none 10:00–12:00 admitted'],
	[
		'back from the ward, still admitted',
		'arrive 10:00; admit 12:00 elsewhere; transfer 14:00 treatment',
		'boarding none 10:00 since 12:00 bay 14:00',
	],
];

const ends: readonly Row[] = [
	['leaves', 'arrive 10:00 4; leave 11:00 home', 'gone 4 10:00–11:00 home'],
	['leaves before the visit', 'arrive 10:00 5; leave 14:00 unseen', 'gone 5 10:00–14:00 unseen'],
	['an end without an outcome', 'arrive 10:00; leave 11:00', 'gone none 10:00–11:00 null'],
	['the outcome is told later', 'arrive 10:00; leave 11:00; update 11:05 unseen', 'gone none 10:00–11:00 unseen'],
	['an update after the end brings nobody back', 'arrive 10:00; leave 11:00 home; update 11:30 treatment 2', 'gone 2 10:00–11:00 home'],
	['a move within seconds of the end is before it', 'arrive 10:00; leave 11:00 home; transfer 11:00:05 treatment', 'gone none 10:00–11:00 home'],
	[
		'a move to the ward after the end changes nothing',
		'arrive 10:00; leave 11:00 admitted; transfer 11:30 elsewhere',
		'gone none 10:00–11:00 admitted',
	],
	['a late move from before the end', 'arrive 10:00; leave 11:00 home; transfer 10:30 treatment sent=11:30', 'gone none 10:00–11:00 home bay 10:30'],
	['of two ends the earlier stands', 'arrive 10:00; leave 11:00 home; leave 11:20 left', 'gone none 10:00–11:00 home'],
	['an end taken back keeps the arrival', 'arrive 10:00 treatment 3; leave 11:00 home; cancel-leave 11:10', 'treatment 3 10:00'],
	['an end taken back that bears the end’s instant', 'arrive 10:00; leave 11:00; cancel-leave 11:00 sent=11:10', 'waiting none 10:00'],
	['an end, taken back, and again', 'arrive 10:00; leave 11:00 home; cancel-leave 11:10; leave 12:00 left', 'gone none 10:00–12:00 left'],
	[
		'a corrected end is said after the cancel',
		'arrive 10:00; leave 11:00; cancel-leave 11:10; leave 10:50 home sent=11:15',
		'gone none 10:00–10:50 home',
	],
	['an end taken back that never was', 'arrive 10:00; cancel-leave 11:00', 'waiting none 10:00'],
	['the ward’s end taken back brings nobody here', 'arrive 10:00; transfer 11:00 elsewhere; cancel-leave 90:00', 'gone none 10:00–11:00 transferred'],
	['an end of an unknown visit is kept', 'leave 11:00 home', 'gone none ?–11:00 home'],
	['an end of an unknown visit that tells its beginning', 'leave 11:00 home began=09:00', 'gone none 09:00–11:00 home'],
	['an end before the arrival, said after it: gone at once', 'arrive 10:00; leave 09:50 sent=10:30 home', 'gone none 10:00–10:00 home'],
	['an end before the arrival, said before it: it is another coming', 'leave 09:50 home; arrive 10:00', 'waiting none 10:00'],
	['comes again under the same number: the visit goes on', 'arrive 10:00; leave 11:00 left; arrive 11:30', 'waiting none 10:00'],
	[
		'the same arrival told again after the end brings nobody back',
		'arrive 10:00; leave 11:00 left; arrive 11:30 began=10:00',
		'gone none 10:00–11:00 left',
	],
	['an arrival of the same second as the end does not undo it', 'arrive 10:00; leave 11:00 died; arrive 11:00', 'gone none 10:00–11:00 died'],
	['erased: it never was', 'arrive 10:00; transfer 10:10 treatment; erase 10:20', 'erased'],
	['erased by a word that bears the arrival’s instant', 'arrive 10:00; transfer 10:10 treatment; erase 10:00 sent=10:20', 'erased'],
	['an update after the erasing brings nothing back', 'arrive 10:00; erase 10:20; update 10:30 treatment', 'erased'],
	['an end after the erasing is no departure', 'arrive 10:00; erase 10:20; leave 10:30', 'erased'],
	['arrived anew after the erasing', 'arrive 10:00 2; erase 10:20; arrive 10:05 5 sent=10:25; update 10:30 4', 'waiting 4 10:05'],
	['erased before it is known', 'erase 10:20', 'erased'],
];

const sites: readonly Row[] = [
	['from one emergency room into another', 'arrive 10:00 3; transfer 11:00 waiting /b', 'a: 3 10:00–11:00 transferred, then b: waiting 3 11:00'],
	[
		'leaves one and enters the other in two words of one instant',
		'arrive 10:00; transfer 11:00 elsewhere; transfer 11:00 treatment /b',
		'a: none 10:00–11:00 transferred, then b: treatment none 11:00',
	],
	[
		'the end at the first does not end it at the second',
		'arrive 10:00; transfer 11:00 waiting /b; leave 11:05',
		'a: none 10:00–11:00 transferred, then b: waiting none 11:00',
	],
	[
		'ends at the second',
		'arrive 10:00; transfer 11:00 waiting /b; leave 12:00 home /b',
		'a: none 10:00–11:00 transferred, then b: gone none 11:00–12:00 home',
	],
	['an update from another site moves nobody', 'arrive 10:00; update 11:00 treatment 2 /b', 'waiting 2 10:00'],
	[
		'registered at a second site after the first let it go',
		'arrive 10:00; leave 11:00 transferred; arrive 11:30 /b',
		'a: none 10:00–11:00 transferred, then b: waiting none 11:30',
	],
	[
		'there and back',
		'arrive 10:00; transfer 11:00 treatment /b; transfer 12:00 treatment',
		'a: none 10:00–11:00 transferred, then b: none 11:00–12:00 transferred, then a: treatment none 12:00',
	],
	['a cancelled transfer between sites', 'arrive 10:00; transfer 11:00 treatment /b; cancel-transfer 11:05', 'waiting none 10:00'],
	[
		'does not board at the second what was pending at the first',
		'arrive 10:00; pend 10:30; transfer 11:00 waiting /b',
		'a: none 10:00–11:00 transferred, then b: waiting none 11:00',
	],
];

const merged: readonly Row[] = [
	['under the new number it goes on', 'arrive 10:00 3; merge-visit 10:30 >B; transfer 11:00 treatment #B', 'treatment 3 10:00 bay 11:00'],
	[
		'what is said later under the old number is of the same visit',
		'arrive 10:00; merge-visit 10:30 >B; leave 11:00 home',
		'gone none 10:00–11:00 home',
	],
	['both were present: one is, since the earlier', 'arrive 10:00; arrive 10:20 #B; merge-visit 10:30 >B', 'waiting none 10:00'],
	[
		'the double was closed before it was merged: nobody left',
		'arrive 10:00; arrive 10:20 #B; leave 10:25; merge-visit 10:30 >B',
		'waiting none 10:00',
	],
	[
		'the double was closed, and so is the visit',
		'arrive 10:00; arrive 10:20 #B; leave 10:25; merge-visit 10:30 >B; leave 12:00 home #B',
		'gone none 10:00–12:00 home',
	],
	[
		'a leftover merged into the visit that has ended',
		'arrive 10:00; arrive 10:20 #B; leave 10:25 home #B; merge-visit 10:30 >B',
		'gone none 10:00–10:25 home',
	],
	[
		'ended, then merged into a number of which nothing is known',
		'arrive 10:00; leave 10:25 home; merge-visit 10:30 >B',
		'gone none 10:00–10:25 home',
	],
	['a chain', 'arrive 10:00; merge-visit 10:30 >B; merge-visit 10:40 #B >C; leave 11:00 #C home', 'gone none 10:00–11:00 home'],
	['a circle', 'arrive 10:00; merge-visit 10:30 >B; merge-visit 10:40 #B >A', 'waiting none 10:00'],
	['merged before either is known', 'merge-visit 10:30 >B', 'unknown'],
	['the double is erased: the visit stands', 'arrive 10:00; arrive 10:20 #B; erase 10:25; merge-visit 10:30 >B', 'waiting none 10:20'],
	['erased under its new number: it never was', 'arrive 10:00; arrive 10:20 #B; merge-visit 10:30 >B; erase 10:40 #B', 'erased'],
	['the number given up is erased: the visit stands', 'arrive 10:00; arrive 10:20 #B; merge-visit 10:30 >B; erase 10:40', 'waiting none 10:20'],
];

describe.each([
	['how it begins', begins],
	['how it moves', moves],
	['beds elsewhere', beds],
	['how it ends', ends],
	['two sites', sites],
	['merges', merged],
])('a visit, %s', (_, rows) => {
	it.each(rows)('%s', (name, text, state) => {
		const words = events(text).map(wordOf);
		const chance = chanceBy(name.length);
		for (let i = 0; i < 40; i += 1) expect(told(foldVisit(shuffled([...words, ...words.slice(0, i % 2)], chance)))).toBe(state);
	});
});
