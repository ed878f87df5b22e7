// The world that the console's pages are tried on: a busy account after four days, with what goes wrong in four days. By the public API.
import { listAreaCodes } from '../../src/telecom/area-codes.ts';
import { type Draw, makeDraw } from '../support/draw.ts';

/** Sends one request below the account and returns the body of its answer. @throws where it is refused. */
// biome-ignore lint/suspicious/noExplicitAny: the shapes of answers are the API's
export type Ask = (method: string, path: string, body?: object) => Promise<any>;

/** The shop whose URLs are called: it says by which status it answers status callbacks. */
export interface Shop {
  readonly url: string;
  answer: { readonly status: number };
}

/** The parts of the world that tests name. */
export interface World {
  readonly orders: string;
  readonly codes: string;
  readonly empty: string;
  /** The number whose messages a carrier's filter stops. */
  readonly sick: string;
  readonly messages: number;
  readonly replies: number;
}

export interface WorldSize {
  /** Area codes that have members, at most 60. */
  readonly areas: number;
  readonly hours: number;
  readonly messages: number;
  readonly replies: number;
}

/** 4.2 days of 20,500 messages. */
export const wholeWorld: WorldSize = { areas: 60, hours: 101, messages: 20_500, replies: 160 };
/** The same troubles in less time, for tests. */
export const smallWorld: WorldSize = { areas: 12, hours: 14, messages: 900, replies: 24 };

const mostAreas = 60;
/** Area codes that are written to, ten of which no member has. */
const areas = listAreaCodes()
  .filter(
    ({ countryIso2, use, regionCodes }) =>
      countryIso2 === 'US' && use === 'geographic' && regionCodes.length > 0,
  )
  .filter((_, place) => place % 4 === 0)
  .slice(0, mostAreas + 10)
  .map(({ areaCode }) => areaCode);

const numberAt = (area: string, line: number): string => `1${area}55501${String(line).padStart(2, '0')}`;
/** Lines of an area code that belong to recipients: 0120 to 0199. */
const recipients = 80;

interface Sending {
  readonly uuid: string;
  /** Of all messages, in percent. */
  readonly share: number;
  readonly texts: readonly string[];
  readonly url?: string;
}

const orderTexts = [
  'Your parcel has left us. It arrives tomorrow.',
  'Your parcel arrives today between 2 and 4 pm.',
  'Your parcel is at your neighbour’s.',
];
const replyTexts = [
  'Where is it?',
  'Thanks!',
  'Can you come on Friday?',
  'Who is this?',
  'It has not arrived',
];

/** Messages by the hour of the day: few at night, most before noon. */
const daily = [1, 1, 1, 1, 1, 2, 5, 9, 12, 14, 14, 13, 11, 10, 10, 9, 9, 8, 7, 6, 5, 3, 2, 1];

/** The overview shows the last hour by the minute. */
const stepsOfLastHour = 60;

/** Makes the world; the clock must be frozen. Calls `tell` with how far it is. */
export async function buildWorld(
  ask: Ask,
  shop: Shop,
  size: WorldSize,
  tell: (step: string) => void = () => {},
): Promise<World> {
  const draw = makeDraw(15);
  const sick = numberAt(areas[3] ?? '', 11);
  const { sendings, members } = await makePowerpacks(ask, shop, size.areas);
  tell(`6 powerpacks with ${members} numbers`);
  const [orders, , codes] = sendings;
  if (orders === undefined || codes === undefined) throw new Error('the world has no powerpacks');
  await setRules(ask, sick);
  const empty = await ask('POST', 'Powerpack/', { name: 'Spring sale' });

  const weights = Array.from({ length: size.hours }, (_, hour) => daily[(hour + 8) % 24] ?? 1);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const outage = Math.floor(size.hours * 0.6);
  // The shop is broken in the last night: from ten hours before the end, for six hours.
  const broken = { from: size.hours - 10, until: size.hours - 4 };
  let messages = 0;
  let replies = 0;
  for (const [hour, weight] of weights.entries()) {
    shop.answer = { status: hour >= broken.from && hour < broken.until ? 503 : 200 };
    if (hour === outage) await setRules(ask, sick, 25 * 60_000);
    if (hour === outage + 1) await setRules(ask, sick);
    const steps = hour === size.hours - 1 ? stepsOfLastHour : 1;
    for (let step = 1; step <= steps; step += 1) {
      const share = weight / whole / steps;
      messages += await sendAll(ask, sendings, size.messages * share, draw, hour === outage);
      await ask('POST', 'Simulator/Clock/', { action: 'advance', seconds: 3600 / steps });
      const wanted = Math.floor((size.replies * (hour + step / steps)) / size.hours);
      for (; replies < wanted; replies += 1) await reply(ask, orders, draw, replies);
    }
    if (hour % 10 === 9) tell(`${messages} messages in ${hour + 1} hours`);
  }
  return { orders: orders.uuid, codes: codes.uuid, empty: empty.uuid, sick, messages, replies };
}

interface Made {
  readonly sendings: readonly Sending[];
  readonly members: number;
}

/** Makes five powerpacks that send, with members in so many area codes. */
async function makePowerpacks(ask: Ask, shop: Shop, ownAreas: number): Promise<Made> {
  let members = 2;
  const { app_id: application } = await ask('POST', 'Application/', {
    app_name: 'Replies',
    message_url: `${shop.url}/replies`,
  });
  const inAreas = (line: number, count = ownAreas) =>
    areas.slice(0, Math.min(count, ownAreas)).map((area) => numberAt(area, line));
  const orderMembers = [0, 1, 2, 3, 4].flatMap((line) => inAreas(line)).concat(inAreas(5, 20));
  const make = async (name: string, settings: object, numbers: readonly string[]) => {
    const made = await ask('POST', 'Powerpack/', { name, ...settings });
    members += numbers.length;
    for (let at = 0; at < numbers.length; at += 10) {
      const some = numbers.slice(at, at + 10);
      await Promise.all(
        some.map((number) => ask('POST', `${made.number_pool}Number/${number}/`, { rent: true })),
      );
    }
    return made as { uuid: string; number_pool: string };
  };
  const answering = { local_connect: true, application_id: application, application_type: 'xml' };
  const orders = await make('Order updates', answering, orderMembers);
  const reminders = await make('Reminders', { local_connect: true }, inAreas(10));
  const codes = await make('Password codes', { sticky_sender: false }, inAreas(11, 12));
  const surveys = await make('Surveys', {}, inAreas(12, 6));
  const support = await make('Support', {}, []);
  await ask('POST', `${support.number_pool}Tollfree/18335550101/`, { rent: true });
  await ask('POST', `${support.number_pool}Shortcode/48273/`, { country_iso2: 'US' });
  const url = `${shop.url}/status`;
  const sendings = [
    { uuid: orders.uuid, share: 62, texts: orderTexts },
    { uuid: reminders.uuid, share: 14, texts: ['Your visit is tomorrow at 10 am.'] },
    { uuid: codes.uuid, share: 15, texts: ['Your code is 482 913. Do not share it.'], url },
    { uuid: surveys.uuid, share: 4, texts: ['How did we do? Answer with a number from 1 to 5.'] },
    { uuid: support.uuid, share: 5, texts: ['Your ticket has a new answer.'] },
  ];
  return { sendings, members };
}

/**
 * Changes how carriers treat messages, whose reports come at few moments, so that a turned clock stops at few. With `outageMs` the next message finds the connection lost for so long.
 */
async function setRules(ask: Ask, sick: string, outageMs = 0): Promise<void> {
  const trouble = (share: number, code: number) => ({ share, report: 'undelivered', error_code: code });
  await ask('POST', 'Simulator/Rule/', {
    rules: [
      ...(outageMs > 0 ? [{ times: 1, submit: 'disconnected', report: 'lost', outage_ms: outageMs }] : []),
      { match: { sender: sick }, ...trouble(1, 30), delay_ms: [3000, 3000] },
      { ...trouble(0.012, 80), delay_ms: [60_000, 60_000] },
      { ...trouble(0.008, 50), delay_ms: [3000, 3000] },
      { ...trouble(0.005, 70), delay_ms: [3000, 3000] },
      { share: 0.006, report: 'lost' },
      { delay_ms: [3000, 3000] },
    ],
  });
}

/** Sends messages of every powerpack by its share; returns how many were accepted. */
async function sendAll(
  ask: Ask,
  sendings: readonly Sending[],
  messages: number,
  draw: Draw,
  isOutage: boolean,
): Promise<number> {
  let sent = 0;
  for (const { uuid, share, texts, url } of sendings) {
    // Some part of a message more or less, so that no minute is like the one before it.
    const count = Math.floor((messages * share) / 100 + draw(100) / 50 - 0.5);
    if (count < 1) continue;
    const people = new Set<string>();
    while (people.size < count) people.add(numberAt(areas[draw(areas.length)] ?? '', 20 + draw(recipients)));
    const answer = await ask('POST', 'Message/', {
      powerpack_uuid: uuid,
      dst: [...people].join('<'),
      text: texts[draw(texts.length)],
      ...(url === undefined ? {} : { url }),
      ...(isOutage ? { message_expiry: 600 } : {}),
    });
    sent += answer.message_uuid.length;
  }
  return sent;
}

/** Sends a message back from one of the latest recipients: one in six sends STOP, every second of the others gets an answer. */
async function reply(ask: Ask, { uuid }: Sending, draw: Draw, place: number): Promise<void> {
  const { objects } = await ask(
    'GET',
    `Message/?powerpack_id=${uuid}&message_direction=outbound&message_state=delivered&offset=${draw(20)}`,
  );
  const message = objects[0];
  if (message === undefined) return;
  const isStop = place % 6 === 5;
  await ask('POST', `Simulator/Handset/${message.to_number}/Message/`, {
    dst: message.from_number,
    text: isStop ? 'STOP' : replyTexts[draw(replyTexts.length)],
  });
  if (isStop || place % 2 === 0) return;
  const answer = { powerpack_uuid: uuid, dst: message.to_number, text: 'It comes tomorrow before noon.' };
  await ask('POST', 'Message/', answer);
}
