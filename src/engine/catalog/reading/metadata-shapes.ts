import type { JsonObject } from '../../../shared/domain/json.ts';
import { joinMetadata } from '../rows/metadata-shape.ts';
import type { Connection, Statement } from '../sql/connection.ts';

/** Shapes are never changed, so each is read once. */
export class MetadataShapes {
  readonly #names: Statement<string>;
  readonly #known = new Map<number, readonly string[]>();

  constructor(connection: Connection) {
    this.#names = connection.column('SELECT uid FROM shapes WHERE id = ?');
  }

  metadata(shape: number, values: string): JsonObject {
    return joinMetadata(this.names(shape), values);
  }

  names(shape: number): readonly string[] {
    const known = this.#known.get(shape);
    if (known !== undefined) return known;
    const names = JSON.parse(this.#names.get(shape) ?? '[]') as string[];
    this.#known.set(shape, names);
    return names;
  }
}
