// The console's first level, by the nouns of the API.

export const menuEntries: readonly { readonly href: string; readonly label: string }[] = [
  { href: '/console/', label: 'Overview' },
  { href: '/console/incidents', label: 'Incidents' },
  { href: '/console/powerpacks', label: 'Powerpacks' },
  { href: '/console/send', label: 'Send' },
  { href: '/console/conversations', label: 'Conversations' },
  { href: '/console/messages', label: 'Messages' },
  { href: '/console/opt-outs', label: 'Opt-outs' },
  { href: '/console/webhooks', label: 'Webhooks' },
  { href: '/console/numbers', label: 'Numbers' },
  { href: '/console/campaigns', label: '10DLC' },
  { href: '/console/applications', label: 'Applications' },
  { href: '/console/carriers', label: 'Carriers' },
  { href: '/console/simulator', label: 'Simulator' },
  { href: '/console/account', label: 'Account' },
];
