// `rucksack certs`: makes the certificates of the drop-in mode.
import { join } from 'node:path';
import type { Command } from 'commander';
import { systemClock } from '../base/clock.ts';
import { readConfig } from '../base/config.ts';
import { systemRandomBytes } from '../base/id.ts';
import { defaultHosts, makeCertificates } from '../tls/make-certificates.ts';
import { adviceFor } from '../tls/vendor-hosts.ts';

/** Adds `certs`: writes into the data directory; a running server reads the files at its next start. */
export function addCertsCommand(program: Command): void {
  program
    .command('certs')
    .description(
      "make a certificate authority and a certificate for the vendor's hosts, for SDKs that cannot be pointed elsewhere",
    )
    .option('--host <name...>', 'further names or addresses that the server answers for', [])
    .option('--new-authority', 'replace the authority too; clients must be given the new one')
    .action(async ({ host, newAuthority }: { host: string[]; newAuthority?: boolean }) => {
      const made = await makeCertificates({
        directory: join(readConfig().dataDir, 'certs'),
        hosts: [...defaultHosts, ...host],
        newAuthority: newAuthority ?? false,
        now: systemClock(),
        randomBytes: systemRandomBytes,
      });
      const trust = made.authorityIsNew ? 'Clients have to trust' : 'Clients go on trusting';
      process.stdout.write(
        `${trust}  ${made.caPath}\nCertificate    ${made.certPath} (until ${made.expiresAt.toISOString().slice(0, 10)})\n` +
          'Start the server again to use it. docs/sdks tells how to point each SDK at it.\n' +
          (made.missingHosts.length === 0 ? '' : `The authority is old: ${adviceFor(made.missingHosts)}.\n`),
      );
    });
}
