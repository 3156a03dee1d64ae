import { ArrowRight, Eye, Lock, UserX } from 'lucide-react';
import type { ReactNode } from 'react';
import { LanguageChoice, ThemeChoice } from '../../parts/preference-choices.tsx';
import { LinkButton, Mark } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './first-start.module.css';
import { GettingBackPicture, ProtectingPicture } from './pictures.tsx';

const arrow = <ArrowRight size={16} strokeWidth={1.75} aria-hidden />;

/** Two choices, and what one may rely on. */
export function FirstStart() {
  const t = useWords();
  return (
    <div className={css['page']}>
      <div className={css['column']}>
        <p className={css['brand']}>
          <Mark size={36} />
          {t('frame.brand')}
        </p>
        <h1>{t('firstStart.title')}</h1>
        <p className={css['lead']}>{t('firstStart.lead')}</p>
        <div className={css['choices']}>
          <section>
            <ProtectingPicture />
            <div>
              <h2>{t('firstStart.protect')}</h2>
              <p>{t('firstStart.protectMeaning')}</p>
              <LinkButton to="/jobs/new" variant="filled" size="lg" rightSection={arrow}>
                {t('firstStart.protectAction')}
              </LinkButton>
            </div>
          </section>
          <section>
            <GettingBackPicture />
            <div>
              <h2>{t('firstStart.getBack')}</h2>
              <p>{t('firstStart.getBackMeaning')}</p>
              <LinkButton to="/storages/new" search={{ adopt: true, then: 'restore' }} size="lg" rightSection={arrow}>
                {t('firstStart.getBackAction')}
              </LinkButton>
            </div>
          </section>
        </div>
        <div className={css['preferences']}>
          <LanguageChoice />
          <ThemeChoice />
        </div>
      </div>
      <ul className={css['promises']}>
        <Promise icon={<Eye size={14} strokeWidth={2} aria-hidden />}>{t('firstStart.readOnly')}</Promise>
        <Promise icon={<Lock size={14} strokeWidth={2} aria-hidden />}>{t('firstStart.encrypted')}</Promise>
        <Promise icon={<UserX size={14} strokeWidth={2} aria-hidden />}>{t('firstStart.noAccount')}</Promise>
      </ul>
    </div>
  );
}

function Promise({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <li>
      {icon}
      {children}
    </li>
  );
}
