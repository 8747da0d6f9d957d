import { formatWareki, type PlainDate, parsePlainDate } from '@koiki/kernel'

/** 表記 — how the desk writes money, days, times and numbers; one place, so that every screen says it alike. */

/** 円 — `103,300円`; a negative amount has the minus sign that is read 「マイナス」. */
export function yenText(yen: number): string {
  return `${countText(yen)}円`
}

/** 増減 — `+5,200円` `−1,200円` `0円`. */
export function changeText(yen: number): string {
  return yen > 0 ? `+${yenText(yen)}` : yenText(yen)
}

export function countText(count: number): string {
  const digits = Math.abs(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')
  return count < 0 ? `−${digits}` : digits
}

/** 年月日 — `昭和14年5月3日`; what is no day is shown as it came. */
export function dayText(text: string): string {
  const day = parsePlainDate(text)
  return day === null ? text : formatWareki(day, 'long')
}

/** 月日 — `7月10日`. */
export function monthDayText(text: string): string {
  const [, month, day] = text.split('-')
  return `${Number(month)}月${Number(day)}日`
}

const weekdays = '日月火水木金土'

/** 月日と曜日 — `7月10日(金)`. */
export function monthDayWeekText(text: string): string {
  const [year = 0, month = 1, day = 1] = text.split('-').map(Number)
  return `${monthDayText(text)}(${weekdays[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]})`
}

/** 年度 — `令和8年度`. */
export function fiscalYearText(year: number): string {
  return `${eraYear(`${year}-05-01`)}度`
}

/** 年 — `令和7年`, the era in which the year ends. */
export function yearText(year: number): string {
  return eraYear(`${year}-12-31`)
}

function eraYear(day: string): string {
  const text = formatWareki(day as PlainDate, 'long')
  return text.slice(0, text.indexOf('年') + 1)
}

const time = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  hour: 'numeric',
  minute: '2-digit',
})
const date = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Tokyo',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** 時刻 — `9:41`, in Japan. */
export function timeText(instant: string): string {
  return time.format(new Date(instant))
}

/** 時刻の日 — the calendar day of an instant in Japan, `2026-07-01`. */
export function dayOf(instant: string): string {
  return date.format(new Date(instant))
}

/** 日時 — `7月1日 9:41`. */
export function momentText(instant: string): string {
  return `${monthDayText(dayOf(instant))} ${timeText(instant)}`
}

/** 時刻を読む — `9時41分`. */
export function timeWords(instant: string): string {
  const [hour, minute] = timeText(instant).split(':')
  return `${Number(hour)}時${Number(minute)}分`
}

/** 被保険者番号 — `4310 0007`. */
export function insuredNumberText(number: string): string {
  return `${number.slice(0, 4)} ${number.slice(4)}`
}

/** 番号を1字ずつ — how a number is spoken. */
export function spokenNumber(number: string): string {
  return `${[...number.slice(0, 4)].join(' ')}、${[...number.slice(4)].join(' ')}`
}

/** 送信の番号 — `第0413号`. */
export function transmissionNumberText(number: number): string {
  return `第${String(number).padStart(4, '0')}号`
}

/** 容量 — `12 KB` `3.4 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} バイト`
  if (bytes < 1024 ** 2) return `${Math.ceil(bytes / 1024)} KB`
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`
}

/** 軽減 — `5割軽減` or 「なし」. */
export function reductionText(tenths: number): string {
  return tenths === 0 ? 'なし' : `${tenths}割軽減`
}
