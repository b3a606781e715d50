/** Where the WebAssembly of the cryptography lies: by far the largest file, to be asked for before the code that asks for it is here. */
export const cryptographyUrl = new URL('../../node_modules/@matrix-org/matrix-sdk-crypto-wasm/pkg/matrix_sdk_crypto_wasm_bg.wasm', import.meta.url);
