/** As the contract has it: 1 to 100 characters, no control characters, no space at the ends. */
export const isName = (text: string): boolean => text.length <= 100 && /^[^\p{Cc}\s](?:[^\p{Cc}]*[^\p{Cc}\s])?$/u.test(text);
