/**
 * Words that are hard to mishear and mistype. Five of 256 and two digits: 5 × 8 + 6.5 = 46 bits, which at a second of Argon2id
 * a guess is more than a million years of one machine on average.
 */
const words =
  'acorn adder agate alder amber anchor apple apron arrow ash aspen atlas autumn badge baker bamboo banjo barge barley basil beacon beaver beetle bell birch bishop bison blossom bobbin bonnet bramble brass breeze brick bridge bronze brook bucket button cabin cactus camel candle canoe canyon carbon cargo carpet castle cedar cello chalk cherry chess cinder circle citron clay clover cobalt comet copper coral cotton crane cricket crystal cypress daisy dawn delta denim desert diamond dolphin dragon drum dune eagle earth ebony echo elder ember emerald engine falcon fable feather fennel fern ferry fiddle field finch fjord flint flute forest fossil fountain fox galaxy gallop garden garlic garnet gazelle geyser ginger glacier glove goblet granite grape gravel grove guitar gull hammer harbor harvest hazel heather helmet heron hickory hollow honey horizon hornet island ivory ivy jacket jade jasmine jasper jigsaw juniper kayak kettle kiln kitten koala ladder lagoon lantern larch laurel lava lemon lichen lilac linen lizard lobster locket lotus lunar magnet mallet mango maple marble marsh meadow melon mercury meteor mint mirror mitten moss mule nectar nettle nickel nutmeg oak oasis ocean olive onyx opal orbit orchid otter oyster paddle panda papaya parrot pebble pepper piano pigeon pine planet plum pocket polar pollen poplar prairie prism pumpkin puzzle quarry quartz quill rabbit radish raven reef ribbon river robin rocket rowan ruby saddle saffron sandal sapphire satin shell shovel sierra signal silver sparrow spruce stable summit sunset swallow tango temple thistle thunder tiger timber topaz trumpet tulip tundra turtle valley velvet violet violin walnut willow winter zebra'.split(
    ' ',
  );

export function makePassword(): string {
  const numbers = crypto.getRandomValues(new Uint32Array(6));
  const chosen = [...numbers.subarray(0, 5)].map((number) => words[number % words.length]);
  return `${chosen.join('-')}-${10 + ((numbers[5] ?? 0) % 90)}`;
}

export const wordCount = words.length;

export type Strength = 'weak' | 'fair' | 'strong' | 'veryStrong';

/** What the engine asks for at the least. */
export const shortestPassword = 8;

/**
 * A rough upper bound from length and variety; it cannot know what a person's favourite things are, so it is careful:
 * runs and repetitions count once.
 */
export function strengthOf(password: string): Strength {
  const characters = [...password];
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(password)).length;
  const different = characters.filter(
    (character, index) =>
      index === 0 || Math.abs((character.codePointAt(0) ?? 0) - (characters[index - 1]?.codePointAt(0) ?? 0)) > 1,
  ).length;
  const bits = different * (1.5 + kinds * 0.8);
  if (bits < 28) return 'weak';
  if (bits < 40) return 'fair';
  return bits < 56 ? 'strong' : 'veryStrong';
}
