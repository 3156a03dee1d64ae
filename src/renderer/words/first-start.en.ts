export const firstStartEn = {
  title: 'Your mail and files, as they were at any moment.',
  lead: 'Strata keeps encrypted copies, layer upon layer, and gives any of them back. What would you like to do?',
  protect: 'Protect my mail and files',
  protectMeaning: 'Mail accounts and folders, to a disk of your choice. Three answers, about two minutes.',
  protectAction: 'Start with an address or a folder',
  getBack: 'Get something back',
  getBackMeaning:
    'From a storage that exists already, also after the loss of a computer. You need its password or the recovery sheet.',
  getBackAction: 'Open a storage',
  readOnly: 'Sources are only read. Nothing is ever deleted or marked there.',
  encrypted: 'Encrypted before it leaves this computer',
  noAccount: 'No account, no telemetry',
  picture: { today: 'Today', yesterday: 'Yesterday', month: 'Last month', year: 'Years ago' },
} as const;
