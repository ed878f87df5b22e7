// The part of `rucksack doctor` that looks at carriers: the file, and whether each SMSC takes a bind.
import type { Config } from '../base/config.ts';
import type { Timers } from '../base/timers.ts';
import { accountWarnings } from '../carriers/smpp/account-warnings.ts';
import type { SmppConfig } from '../carriers/smpp/config.ts';
import { makeConnect } from '../carriers/smpp/connect.ts';
import { tryBind } from '../carriers/smpp/try-bind.ts';
import { type CarrierFile, loadCarrierFile } from '../routing/carrier-file.ts';

/** Records the detail that a look returns, or its error; returns whether all is well. */
type Check = (what: string, look: () => Promise<string>) => Promise<boolean>;

/** Checks the file of carriers, where the settings name one, and binds to each SMSC in it, with TLS where it is asked for. */
export async function checkCarriers(config: Config, timers: Timers, check: Check): Promise<void> {
  const { carriersPath, secretVariable, simulator, publicUrl } = config;
  if (carriersPath === undefined) return;
  let file: CarrierFile = { carriers: [], routes: [] };
  await check('carriers', async () => {
    const hasPublicUrl = publicUrl !== undefined;
    file = loadCarrierFile(carriersPath, {
      variable: secretVariable,
      hasSimulator: simulator.isOn,
      hasPublicUrl,
    });
    return `${count(file.carriers.length, 'carrier')} and ${count(file.routes.length, 'route')} in ${carriersPath}`;
  });
  for (const { config: carrier } of file.carriers) {
    if (carrier.type === 'smpp') await check(`carrier ${carrier.name}`, () => bindTo(carrier, timers));
    if (carrier.type === 'http' && publicUrl === undefined && !carrier.allowPrivate) {
      await check(`carrier ${carrier.name}`, async () => {
        throw new Error(
          'RUCKSACK_PUBLIC_URL is not set: it can neither report nor fetch media from elsewhere',
        );
      });
    }
  }
}

/** Returns what the first host says that takes a bind. */
async function bindTo(config: SmppConfig, timers: Timers): Promise<string> {
  const connect = makeConnect(config, timers);
  const failures: string[] = [];
  for (const host of config.hosts) {
    try {
      const said = await tryBind(config, host, { connect, timers });
      const certificate = config.tls === undefined ? [] : ['its certificate is good'];
      return [said, ...certificate, ...accountWarnings(config)].join('; ');
    } catch (error) {
      failures.push((error as Error).message);
    }
  }
  throw new Error(failures.join('; '));
}

const count = (many: number, what: string) => `${many} ${what}${many === 1 ? '' : 's'}`;
