/** The file of the last uses: beside the file of the keys. */
export const usesPathOf = (keysPath: string): string => `${keysPath}.used`;
