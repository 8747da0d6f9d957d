import { formatWareki, type PlainDate } from '@koiki/kernel'
import type { Effect, ExclusionKind, ToldRecord } from '../effect.ts'
import type { FiledAddress, Reason, Warning } from '../filing.ts'
import {
  type Case,
  eventOf,
  formerLoss,
  type Judge,
  judgement,
  ofAge,
  optionalText,
  reason,
  textOf,
} from './judgement.ts'

type Answered = { readonly answered: 'lost' | 'notLost' | 'unknown' | null }

const certificateFields = [
  'certifiedTenths',
  'certifiedCategory',
  'certifiedFrom',
  'certifiedIssuer',
]

/** 負担区分等証明書 — what it says, kept from the day of moving in; the chapter of 一部負担金 knows until when. */
function burdenCertificate({ content }: Case, from: PlainDate): readonly Effect[] {
  if ((content.fields.certifiedTenths ?? null) === null) return []
  const fields = Object.fromEntries(
    certificateFields.map((name) => [name, content.fields[name] ?? null]),
  )
  return [{ kind: 'fact', from, until: null, fields }]
}

/** Without its share a certificate helps nobody; without a certificate the share waits for incomes. */
function certificateMissing({ content }: Case): readonly Warning[] {
  if ((content.fields.certifiedTenths ?? null) !== null) return []
  return [
    content.documents.includes('burdenCertificate')
      ? {
          code: 'burdenCertificateNotTyped',
          sentence:
            '負担区分等証明書の割合・限度区分・適用日・交付した広域連合を入れてください。入れなければ、一部負担金の割合は所得の届くまで決まりません。',
        }
      : {
          code: 'burdenCertificate',
          sentence:
            '県外からの転入なら、負担区分等証明書があると一部負担金の割合がすぐ決まります。なければ、所得の届くまで決まりません。',
        },
  ]
}

const birthDateOf = (one: Case): PlainDate =>
  one.known?.birthDate ?? (textOf(one, 'birthDate') as PlainDate)

/** What a filing says of a person who has no record yet; nothing where there is one. */
function newcomerFacts(one: Case): Partial<ToldRecord> {
  if (one.known !== null) return {}
  return {
    name: textOf(one, 'name'),
    nameKana: optionalText(one, 'nameKana'),
    birthDate: textOf(one, 'birthDate') as PlainDate,
    sex: textOf(one, 'sex'),
    householdNumber: optionalText(one, 'householdNumber'),
    relationship: optionalText(one, 'relationship'),
  }
}

const addressOf = (one: Case): { readonly address?: FiledAddress } => {
  const address = one.content.fields.address as FiledAddress | null | undefined
  return address === null || address === undefined ? {} : { address }
}

function addressInArea(one: Case): Reason {
  return reason(
    'address',
    '区域内に住所がある',
    true,
    '法50条',
    `${formatWareki(eventOf(one))}に、この市区町村に住所があると届け出られました。住民基本台帳の記録が届けば突き合わせます。`,
  )
}

function notExcluded(one: Case, ending = false): Reason {
  const exclusion = one.known?.exclusion ?? null
  const free = exclusion === null || ending
  return reason(
    'notExcluded',
    '適用除外でない',
    free,
    '法51条',
    free
      ? '適用除外の記録はありません。'
      : `${formatWareki(exclusion.from)}から適用除外です。終わっているなら「資格取得届 (適用除外の終了)」を受け付けてください。`,
  )
}

/**
 * まだ被保険者でない — who was insured here on the day before and stays so has nothing to acquire: taken as it is told,
 * the filing would strike out all the years before it. And nobody moves in after having died.
 */
function notYetInsured({ known }: Case, on: PlainDate): readonly Reason[] {
  const from = known?.insuredFrom ?? null
  if (known === null || from === null) return []
  const until = known.insuredUntil
  const dead = known.groundLost === '01'
  const held =
    known.insuredIn === known.municipality &&
    known.provision === null &&
    (known.present || until !== null) &&
    from < on &&
    (until === null || on < until)
  return [
    reason(
      'notYetInsured',
      'まだ被保険者でない',
      !dead && !held,
      '法50条・52条',
      dead
        ? '死亡による喪失が決まっています。亡くなっていないなら、その届書を取り消すか、住民基本台帳の記録を直してもらってください。'
        : held
          ? `${formatWareki(from)}から${until === null ? '' : `${formatWareki(until)}の前の日まで、`}この市区町村の被保険者です。住所だけが変わったなら「住所変更届」です。いちど転出していたなら先に「資格喪失届 (転出)」を受け付け、日付の誤りなら前の届書を取り消してください。`
          : until === null
            ? 'この届出の日より前からの資格は、ここにありません。'
            : `前の資格は${formatWareki(until)}に失っています。`,
    ),
  ]
}

/** 資格取得届 (転入) — an address in the area and the age, or the certificate of 障害認定 of the union left. */
export const moveIn =
  ({ answered }: Answered): Judge =>
  (one) => {
    const on = eventOf(one)
    const former = formerLoss(one, answered)
    const age = ofAge(birthDateOf(one), on)
    const tellsDisability = one.content.fields.disabilityProof === true
    const proven = one.content.documents.includes('disabilityCertificate')
    const basis =
      age.met === 'met' || !tellsDisability
        ? age
        : reason(
            'disabilityCertificate',
            '転入前の広域連合で障害認定を受けていた',
            proven ? true : null,
            '法50条2号',
            proven
              ? '障害認定証明書を確かめました。認定を引き継ぎます。'
              : '障害認定証明書がまだありません。転入前の広域連合の証明書を出してもらってください。',
          )
    const record: Effect = {
      kind: 'record',
      told: {
        changeReason: '01',
        changedOn: on,
        residentFrom: on,
        present: true,
        removedOn: null,
        movedFrom: optionalText(one, 'movedFrom'),
        ...newcomerFacts(one),
        ...addressOf(one),
      },
    }
    const certification: Effect = {
      kind: 'certify',
      certifiedOn: on,
      ground: '障害認定証明書',
      evidenceKind: '障害認定証明書',
      evidenceUntil: (one.content.fields.proofUntil as PlainDate | null | undefined) ?? null,
    }
    return judgement({
      reasons: [
        basis,
        addressInArea(one),
        ...notYetInsured(one, on),
        notExcluded(one),
        ...former.reasons,
      ],
      missing: [
        ...former.missing,
        ...(basis.met === 'unknown'
          ? [
              {
                code: 'document.disabilityCertificate',
                name: '障害認定証明書',
                sentence: '転入前の広域連合の障害認定証明書を出してもらってください。',
              },
            ]
          : []),
      ],
      warnings: certificateMissing(one),
      effects: [
        record,
        ...(age.met !== 'met' && tellsDisability ? [certification] : []),
        ...burdenCertificate(one, on),
      ],
    })
  }

const fromStay = (kind: string): kind is '3' | '4' | '5' => ['3', '4', '5'].includes(kind)

/** 資格取得届 (適用除外の終了) — from the day on which the exclusion no longer holds (法52条3号). */
export const exclusionEnded: Judge = (one) => {
  const on = eventOf(one)
  const kind = textOf(one, 'exclusionKind') as ExclusionKind
  const excluded = one.known?.exclusion ?? null
  const told: ToldRecord = {
    changeReason: '09',
    changedOn: on,
    ...(one.known === null
      ? { residentFrom: on, present: true, ...newcomerFacts(one), ...addressOf(one) }
      : {}),
    ...(excluded !== null && !fromStay(kind)
      ? { exclusionKind: null, exclusionFrom: excluded.from, exclusionUntil: on }
      : {}),
  }
  const fits = one.known === null || (excluded !== null && excluded.kind === kind)
  return judgement({
    reasons: [
      ofAge(birthDateOf(one), on),
      reason(
        'wasExcluded',
        '適用除外であった',
        fits && (excluded === null || excluded.from < on),
        '法52条3号',
        one.known === null
          ? '広域連合に記録のない人です。届け出られた適用除外の終わりの日から判定します。'
          : excluded === null
            ? '適用除外の記録がありません。適用除外でなかった人は、この届書では取得できません。'
            : excluded.kind !== kind
              ? '記録にある適用除外の種別とちがいます。届書の「終わった適用除外」を確かめてください。'
              : excluded.from < on
                ? `${formatWareki(excluded.from)}からの適用除外が、${formatWareki(on)}に終わりました。`
                : '適用除外の始まりより前に終わったことになっています。日付を確かめてください。',
      ),
      notExcluded(one, fits),
    ],
    effects: fromStay(kind)
      ? [
          ...(one.known === null ? [{ kind: 'record', told } as const] : []),
          { kind: 'endStayExclusion', on },
        ]
      : [{ kind: 'record', told }],
  })
}

/** 資格取得届 (そのほか) */
export const otherAcquisition =
  ({ answered }: Answered): Judge =>
  (one) => {
    const on = eventOf(one)
    const former = formerLoss(one, answered)
    return judgement({
      reasons: [
        ofAge(birthDateOf(one), on),
        addressInArea(one),
        ...notYetInsured(one, on),
        notExcluded(one),
        ...former.reasons,
      ],
      missing: former.missing,
      effects: [
        {
          kind: 'record',
          told: {
            changeReason: '08',
            changedOn: on,
            ...(one.known === null || !one.known.present
              ? { residentFrom: on, present: true, removedOn: null }
              : {}),
            ...newcomerFacts(one),
            ...addressOf(one),
          },
        },
      ],
    })
  }
