import { eras, formatWareki, type PlainDate, parsePlainDate, parseWareki } from '@koiki/kernel'

/** 読んだ日 — the day that was meant, or the sentence that says why it is none. */
export type ReadDay =
  | { day: PlainDate; sentence: null }
  | { day: null; sentence: string }
  | { day: null; sentence: null }

/** 日を読む — every way in which a day is written; nothing typed is nothing wrong. */
export function readDay(text: string): ReadDay {
  const plain = text.normalize('NFKC').replace(/\s+/g, '')
  if (plain === '') return { day: null, sentence: null }
  const day = parseWareki(plain)
  if (day !== null) return { day, sentence: null }
  return { day: null, sentence: misreading(plain) }
}

function misreading(plain: string): string {
  if (/^\d{6}$/.test(plain))
    return '6けたでは、どの元号か分かりません。前に元号の数字を付けるか(昭和は3、平成は4、令和は5)、西暦を8けたで入れてください。'
  const parted =
    /^([^\d元]+)(\d{1,2}|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain) ??
    /^([1-5])(\d{2})(\d{2})(\d{2})$/.exec(plain)
  if (parted !== null) {
    const [, name = '', year = '', month = '', date = ''] = parted
    const era = eras.find(
      (one) =>
        one.name === name ||
        one.name[0] === name ||
        one.letter === name.toUpperCase() ||
        String(one.digit) === name,
    )
    if (era !== undefined) {
      const western = era.zero + (year === '元' ? 1 : Number(year))
      const meant = parsePlainDate(`${western}-${two(month)}-${two(date)}`)
      const wrong = `${era.name}${year === '元' ? '元' : Number(year)}年${Number(month)}月${Number(date)}日`
      if (meant === null) return `${wrong}という日はありません。月と日を確かめてください。`
      return `${wrong}はありません。${formatWareki(meant)}ですか。`
    }
  }
  return '日として読めません。昭14.5.3、S14.5.3、3140503、1939-5-3 のように入れてください。'
}

function two(text: string): string {
  return text.padStart(2, '0')
}

const weekdays = '日月火水木金土'

/** 読んだ日の言い方 — `昭和14年5月3日(1939年・水曜)`, of a birth with the age on a day. */
export function dayAnswer(day: PlainDate, ageOn: string | null = null): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const weekday = weekdays[new Date(Date.UTC(year, month - 1, date)).getUTCDay()]
  const age = ageOn === null ? null : ageBetween(day, ageOn)
  return `${formatWareki(day)}(${year}年・${weekday}曜${age === null ? '' : `・${age}歳`})`
}

function ageBetween(birth: string, on: string): number | null {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4))
  const age = on.slice(5) < birth.slice(5) ? years - 1 : years
  return age < 0 ? null : age
}
