import type { Route } from '../route.ts'
import { accountRoutes } from './accounts.ts'
import { certificateRoutes } from './certificates.ts'
import { copayRoutes } from './copay.ts'
import { differenceRoutes } from './differences.ts'
import { draftRoutes } from './drafts.ts'
import { encounterRoutes } from './encounters.ts'
import { fileRoutes } from './files.ts'
import { filingRoutes } from './filings.ts'
import { formRoutes } from './forms.ts'
import { jobRoutes } from './jobs.ts'
import { ledgerRoutes } from './ledger.ts'
import { matchRoutes } from './matches.ts'
import { partnerRoutes } from './partners.ts'
import { pastRoutes } from './past.ts'
import { peopleRoutes } from './people.ts'
import { presenceRoutes } from './presence.ts'
import { sessionRoutes } from './session.ts'
import { todayRoutes } from './today.ts'
import { whyRoutes } from './why.ts'

/** 道の表 — every route of the service; the document and the table of access are made of it. */
export const routes: readonly Route[] = [
  ...sessionRoutes,
  ...todayRoutes,
  ...peopleRoutes,
  ...pastRoutes,
  ...whyRoutes,
  ...copayRoutes,
  ...ledgerRoutes,
  ...formRoutes,
  ...fileRoutes,
  ...partnerRoutes,
  ...jobRoutes,
  ...filingRoutes,
  ...draftRoutes,
  ...differenceRoutes,
  ...certificateRoutes,
  ...encounterRoutes,
  ...presenceRoutes,
  ...matchRoutes,
  ...accountRoutes,
]
