// The care of a pool: recipients that could move, and members that could be replaced. Each is a plan first.
import { useRoute } from 'preact-iso/router';
import { PowerpackFrame } from '../powerpacks/powerpack-frame.tsx';
import { RedistributionSection } from './redistribution-section.tsx';
import { RefreshSection } from './refresh-section.tsx';

export function CarePage() {
  const { uuid = '' } = useRoute().params;
  return (
    <PowerpackFrame key={uuid} uuid={uuid}>
      {(powerpack) => (
        <>
          {powerpack.sticky_sender && <RedistributionSection powerpack={powerpack} />}
          <RefreshSection powerpack={powerpack} />
        </>
      )}
    </PowerpackFrame>
  );
}
