import { argon2id } from 'hash-wasm';

/** Argon2id (RFC 9106). `memoryKiB` is in KiB; `length` of the result in bytes. */
export async function stretch(
  input: Uint8Array,
  cost: { salt: Uint8Array; passes: number; memoryKiB: number; parallelism: number; length: number },
): Promise<Uint8Array> {
  return await argon2id({
    password: input,
    salt: cost.salt,
    iterations: cost.passes,
    memorySize: cost.memoryKiB,
    parallelism: cost.parallelism,
    hashLength: cost.length,
    outputType: 'binary',
  });
}
