/** An item's bytes on their way in: small ones whole, files by path so that a worker can read them, the rest as a stream. */
export type Content =
  | {
      readonly kind: 'bytes';
      readonly bytes: Uint8Array;
      /** Whoever stores them is the last to look at them, and gives their memory back. */
      readonly isGivenAway?: true;
    }
  | {
      readonly kind: 'file';
      readonly path: string;
      /** As sighted. A file that differs when opened, or after reading, fails with `item.changed-while-reading`. */
      readonly sizeBytes: number;
      readonly modifyNs: bigint;
      readonly inode: bigint;
      /**
       * Of properties that were read before: then the file must be unchanged in every way while it is open, and its extended
       * attributes are read with its content.
       */
      readonly changeNs?: bigint;
      /** What it is, where whoever reads it is to draw a summary from its beginning: he has it in his hand. */
      readonly describe?: 'message';
      /** Of a large one: no more is read at once, and each piece waits until it may go on. */
      readonly pace?: { mostBytes(): number; passed(bytes: number): Promise<void> };
    }
  | { readonly kind: 'stream'; readonly chunks: AsyncIterable<Uint8Array> };
