/** The shape of another language: every key of the reference, each a string. A key that is missing or too many does not compile. */
export type Translated<Reference> = {
  readonly [Key in keyof Reference]: Reference[Key] extends string ? string : Translated<Reference[Key]>;
};
