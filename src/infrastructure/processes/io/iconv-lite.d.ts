/** The single-byte encodings: the characters of the bytes from 0x80 on, or the name under which they are. */
declare module 'iconv-lite/encodings/sbcs-data-generated.js' {
  const encodings: Readonly<Record<string, string | { readonly chars: string }>>;
  export = encodings;
}

/** Those that it was not generated for, in the same form. */
declare module 'iconv-lite/encodings/sbcs-data.js' {
  const encodings: Readonly<Record<string, string | { readonly chars: string }>>;
  export = encodings;
}
