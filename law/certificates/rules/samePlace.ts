/** 住所の字 — as one reads it aloud: width, spaces and the words between numbers make no other place. */
const plain = (address: string): string =>
  address
    .normalize('NFKC')
    .replace(/[一二三四五六七八九](?=丁目)/g, (digit) =>
      String('一二三四五六七八九'.indexOf(digit) + 1),
    )
    .replace(/[\s　]/g, '')
    .replace(/丁目|番地の|番地|番|号|[-‐‑–−ーの](?=\d)/g, '-')
    .replace(/-+/g, '-')

/**
 * 施設の住所か — an address is a facility's when it is written the same, or goes on with the building or the room in it.
 * A house number that merely begins with the same digits is another place, and what names no house number is no place:
 * a whole town would be it.
 */
export function placesAt(facilities: readonly string[]): (address: string) => boolean {
  const places = new Set(
    facilities.map((facility) => plain(facility).replace(/-$/, '')).filter((one) => /\d/.test(one)),
  )
  return (address) => {
    const one = plain(address)
    for (let end = one.length; end > 0; end -= 1)
      if (places.has(one.slice(0, end)) && !/^-?\d/.test(one.slice(end))) return true
    return false
  }
}
