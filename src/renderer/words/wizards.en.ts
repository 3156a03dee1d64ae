export const wizardsEn = {
  title: 'Wizards',
} as const;
