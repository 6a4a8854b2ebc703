/**
 * Letters and marks that can be taken for ASCII ones, from the single characters of Unicode's confusables (UTS 39, section 4)
 * that programs, paths and host names can be forged with.
 */
const CONFUSABLE = new Set(
  [
    'аеорсухѕіјһԁԛԝѵүӏьгкАВЕЗКМНОРСТУХЅІЈԚԜѴҮӀԌ', // Cyrillic
    'αονιρυκγηωχϲϳσΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿϜ', // Greek
    'օոսհյցզաքՍՕԼՏ', // Armenian
    'סוןا٥ه۵०০੦૦௦౦೦൦๐໐', // Hebrew, Arabic, and noughts
    'ɑɡɩɪʋʏᴀᴄᴏᴘᴠᴡᴢᴜꜱ', // Latin itself
    '‐‑‒–−⁃˗⁄∕⧸╱⟋∖⧵⧹╲‘’‚‛′‵ʹʻʼʽˈˊˋ׳“”„‟″ˮ․‥·‧∙⋅։׃∶ːꓸ꞉ǀǃ∣│❘⏐‹›❮❯〈〉⟨⟩〈〉∗⁎∼˜٪꞊',
  ].flatMap((letters) => [...letters]),
);

/** Scripts whose letters were drawn after Latin ones. */
const LATIN_SHAPED =
  /[\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Deseret}\p{Script=Lisu}\p{Script=Osage}]/u;

/** Letters of scripts that words mix as a matter of course (UTS 39, section 5.2, "Highly Restrictive"). */
const MIXED_ANYWHERE =
  /[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u;

const WORD = /(?:[A-Za-z0-9]|[^\0-\x7f])+/gu;

/**
 * Replaces what can be taken for ASCII: in a word that has Latin letters, every look-alike and every letter of another
 * alphabet; in any other, all of it if it is made of nothing but look-alikes. Words in a language's own letters stay.
 */
export function replaceLookAlikes(text: string, replacement: (character: string) => string): string {
  return text.replace(WORD, (word) => {
    const characters = [...word];
    const isLatin = /\p{Script=Latin}/u.test(word);
    const isSuspect = isLatin
      ? (character: string) => looksAscii(character) || isForeignLetter(character)
      : looksAscii;
    if (!isLatin && !characters.every((character) => looksAscii(character) || isPlain(character)))
      return word;
    return characters
      .map((character) => (isSuspect(character) ? replacement(character) : character))
      .join('');
  });
}

/** Digits, and marks on letters that are judged themselves. */
const isPlain = (character: string) => /[0-9\p{M}]/u.test(character);

const isForeignLetter = (character: string) => /\p{L}/u.test(character) && !MIXED_ANYWHERE.test(character);

function looksAscii(character: string): boolean {
  if (character <= '\x7f') return false;
  return CONFUSABLE.has(character) || LATIN_SHAPED.test(character) || isWrittenAscii(character);
}

/** Full-width, mathematical and other forms that stand for ASCII (UAX 15, compatibility). */
const isWrittenAscii = (character: string) =>
  character !== '…' && /^[!-~]{1,3}$/.test(character.normalize('NFKC'));
