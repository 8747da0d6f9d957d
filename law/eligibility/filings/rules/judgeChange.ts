import { formatWareki, type PlainDate } from '@koiki/kernel'
import { facilityKinds } from '../../law/facilityKinds.ts'
import type { Effect, ExclusionKind, ProvisionKind } from '../effect.ts'
import type { FiledAddress, Reason } from '../filing.ts'
import { correctedItems } from './compareEntries.ts'
import {
  type Case,
  eventOf,
  insuredOn,
  type Judge,
  judgement,
  optionalText,
  reason,
  recordKnown,
  rightGoesOn,
  textOf,
} from './judgement.ts'

const addressText = ({
  prefecture,
  municipalityName,
  town,
  houseNumber,
  building,
}: FiledAddress): string =>
  [prefecture, municipalityName, town, houseNumber, building].filter(Boolean).join('')

/** 氏名変更届 (則22条) */
export const nameChange: Judge = (one) => {
  const name = textOf(one, 'name')
  const same = one.known?.name === name
  return judgement({
    reasons: [
      recordKnown(one),
      reason(
        'changes',
        '登録とちがう',
        !same,
        '則22条',
        same
          ? '登録されている氏名と同じです。変えるものがありません。'
          : '登録されている氏名とちがいます。',
      ),
    ],
    effects: [
      {
        kind: 'record',
        told: {
          changeReason: '07',
          changedOn: eventOf(one),
          name,
          nameKana: textOf(one, 'nameKana'),
        },
      },
    ],
  })
}

/**
 * 氏名・生年月日・性別の訂正 — what a record says of who a person is. Everything else is found by these items, so
 * a second person types them before they hold.
 */
export const identityCorrection: Judge = (one) => {
  const given = correctedItems(one.content)
  const { known } = one
  const changes = known === null ? [] : given.filter(({ key, value }) => known[key] !== value)
  const names = changes.map(({ label }) => label).join('・')
  return judgement({
    reasons: [
      recordKnown(one),
      ...(given.length === 0
        ? []
        : [
            reason(
              'changes',
              '登録とちがう',
              changes.length > 0,
              '則22条',
              changes.length > 0
                ? `${names}が、登録とちがいます。`
                : '登録されているものと同じです。直すものがありません。',
            ),
          ]),
    ],
    missing:
      given.length > 0
        ? []
        : [
            {
              code: 'corrected',
              name: '正しい氏名・生年月日・性別',
              sentence:
                '直す項目を、書類のとおりに入れてください。直さない項目は空のままにします。',
            },
          ],
    effects: [
      {
        kind: 'record',
        told: {
          changeReason: '09',
          changedOn: one.content.filedOn,
          ...Object.fromEntries(changes.map(({ key, value }) => [key, value])),
        },
      },
    ],
  })
}

/** 登録とちがう — what is told once more changes nothing. */
const differs = (isOther: boolean, what: string, article: string): Reason =>
  reason(
    'changes',
    '登録とちがう',
    isOther,
    article,
    isOther
      ? `届け出られた${what}は、登録とちがいます。`
      : `届け出られた${what}は、登録されているものと同じです。もう変わっているので、この届書は要りません。`,
  )

/** As one reads it aloud: widths, spaces and the kind of a dash between numbers make no other place. */
const asRead = (text: string | null): string =>
  (text ?? '')
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/[‐‑–−ー](?=[0-9])/g, '-')

const sameText = (one: string | null, other: string | null): boolean =>
  asRead(one) === asRead(other)

/** 住所変更届 (則23条) */
export const addressChange: Judge = (one) =>
  judgement({
    reasons: [
      recordKnown(one),
      insuredOn(one, one.content.filedOn),
      ...(one.known === null || one.known.address === null
        ? []
        : [
            differs(
              !sameText(
                addressText(one.content.fields.address as FiledAddress),
                addressText(one.known.address),
              ),
              '住所',
              '則23条',
            ),
          ]),
    ],
    effects: [
      {
        kind: 'record',
        told: {
          changeReason: '03',
          changedOn: eventOf(one),
          address: one.content.fields.address as FiledAddress,
        },
      },
    ],
  })

/** 世帯変更届 (則24条) */
export const householdChange: Judge = (one) =>
  judgement({
    reasons: [
      recordKnown(one),
      insuredOn(one, one.content.filedOn),
      ...(one.known === null || one.known.household === null
        ? []
        : [
            differs(
              !sameText(textOf(one, 'householdNumber'), one.known.household.number) ||
                !sameText(textOf(one, 'relationship'), one.known.household.relationship),
              '世帯と続柄',
              '則24条',
            ),
          ]),
    ],
    effects: [
      {
        kind: 'record',
        told: {
          changeReason: '06',
          changedOn: eventOf(one),
          householdNumber: textOf(one, 'householdNumber'),
          relationship: textOf(one, 'relationship'),
        },
      },
    ],
  })

/** 個人番号変更届 (則23条の2) — the one filing that may bring another number than the one held. */
export const numberChange: Judge = (one) =>
  judgement({
    reasons: [
      recordKnown(one),
      reason(
        'numberWritten',
        '新しい個人番号が書いてある',
        one.content.numberState === 'written' ? true : null,
        '則23条の2',
        one.content.numberState === 'written'
          ? '新しい個人番号が書かれています。'
          : '新しい個人番号が書かれていません。住基かJ-LISで確かめることもできます。',
      ),
    ],
    missing:
      one.content.numberState === 'written'
        ? []
        : [
            {
              code: 'individualNumber',
              name: '新しい個人番号',
              sentence: '新しい個人番号を書いてもらうか、住民基本台帳で確かめて入れてください。',
            },
          ],
    effects: [{ kind: 'record', told: { changeReason: '11', changedOn: eventOf(one) } }],
  })

/** The stay that a removal ends has to have begun: who has moved in since does not leave before that. */
const movedInSince = ({ known }: Case, on: PlainDate): readonly Reason[] =>
  known !== null && known.residentFrom !== null && on < known.residentFrom ? [rightGoesOn] : []

/** 資格喪失届 (転出) */
export const moveOut: Judge = (one) => {
  const on = eventOf(one)
  const within = textOf(one, 'destination') === 'samePrefecture'
  const movedTo = optionalText(one, 'movedTo')
  return judgement({
    reasons: [
      insuredOn(one, on),
      ...movedInSince(one, on),
      ...(within
        ? [
            reason(
              'leavesArea',
              '区域の外へ出る',
              false,
              '法53条1項',
              '県内への転出では資格を失いません。転入先の市区町村の届出を待ちます。この届書は要りません。',
            ),
          ]
        : []),
    ],
    missing:
      textOf(one, 'destination') === 'otherPrefecture' && movedTo === null
        ? [
            {
              code: 'movedTo',
              name: '転出先の市区町村',
              sentence:
                '転出先の市区町村コードを入れてください。喪失の日 (当日か翌日か) がこれで決まります。',
            },
          ]
        : [],
    effects: [
      {
        kind: 'record',
        told: { changeReason: '04', changedOn: on, present: false, removedOn: on, movedTo },
      },
    ],
  })
}

/** 資格喪失届 (死亡) — the day after (法53条1項). */
export const death: Judge = (one) => {
  const on = eventOf(one)
  return judgement({
    reasons: [insuredOn(one, on), ...movedInSince(one, on)],
    effects: [
      {
        kind: 'record',
        told: { changeReason: '05', changedOn: on, present: false, removedOn: on },
      },
    ],
  })
}

/** 資格喪失届 (適用除外) — that day (法53条2項). */
export const exclusionBegan: Judge = (one) => {
  const on = eventOf(one)
  const kind = textOf(one, 'exclusionKind') as ExclusionKind
  const effect: Effect =
    kind === '3' || kind === '4' || kind === '5'
      ? { kind: 'beginStayExclusion', exclusion: kind, on }
      : {
          kind: 'record',
          told: {
            changeReason: '09',
            changedOn: on,
            exclusionKind: kind,
            exclusionFrom: on,
            exclusionUntil: null,
          },
        }
  return judgement({ reasons: [insuredOn(one, on)], effects: [effect] })
}

const provisions: Readonly<Record<string, ProvisionKind>> = {
  ours: '当広域',
  others: '他広域',
  nationalHealth: '国保',
}

function facilityCounts(one: Case): Reason {
  const kind = textOf(one, 'facilityKind')
  const counts = facilityKinds.on(eventOf(one)).value.includes(kind)
  return reason(
    'facility',
    '対象の施設である',
    counts,
    '法55条1項各号',
    counts
      ? `${kind}は、住所地特例の対象です。`
      : `${kind}は、${formatWareki(eventOf(one))}には住所地特例の対象ではありません。`,
  )
}

const enter = (one: Case): Effect => ({
  kind: 'enterFacility',
  enteredOn: eventOf(one),
  facilityKind: textOf(one, 'facilityKind'),
  facilityName: textOf(one, 'facilityName'),
  facilityAddress: addressText(one.content.fields.facilityAddress as FiledAddress),
})

/** 住所地特例適用届 (法55条・55条の2) */
export const provisionBegan: Judge = (one) => {
  const on = eventOf(one)
  const side = textOf(one, 'side')
  const running = one.known?.provision ?? null
  return judgement({
    reasons: [
      recordKnown(one),
      ...(side === 'ours' ? [insuredOn(one, on)] : []),
      reason(
        'notYet',
        '住所地特例をまだ受けていない',
        running === null,
        '法55条',
        running === null
          ? '住所地特例の記録はありません。'
          : `${formatWareki(running.from)}から住所地特例を受けています。施設が替わったときは「住所地特例変更届」です。`,
      ),
      facilityCounts(one),
    ],
    effects: [
      {
        kind: 'provision',
        provision: provisions[side] as ProvisionKind,
        beganOn: on,
        insurerUnion: side === 'ours' ? null : textOf(one, 'insurerUnion'),
        insurerNumber: side === 'nationalHealth' ? textOf(one, 'insurerNumber') : null,
      },
      enter(one),
    ],
  })
}

function running(one: Case): Reason {
  const provision = one.known?.provision ?? null
  const on = eventOf(one)
  return reason(
    'provision',
    '住所地特例を受けている',
    provision !== null && provision.from < on,
    '法55条',
    provision === null
      ? '住所地特例の記録がありません。先に「住所地特例適用届」が要ります。'
      : provision.from < on
        ? `${formatWareki(provision.from)}から住所地特例を受けています。`
        : '住所地特例の始まりより後の日を入れてください。',
  )
}

/** 住所地特例変更届 — facility after facility: the union before the first stays the insurer. */
export const provisionChanged: Judge = (one) =>
  judgement({
    reasons: [running(one), facilityCounts(one)],
    effects: [enter(one)],
  })

/** 住所地特例終了届 */
export const provisionEnded: Judge = (one) =>
  judgement({
    reasons: [running(one)],
    effects: [
      { kind: 'leaveFacility', on: eventOf(one) },
      { kind: 'endProvision', on: eventOf(one) },
    ],
  })
