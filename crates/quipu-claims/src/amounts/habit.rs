//! Which sign divides and which one groups: the habit of a document.

use quipu_model::Decimal;

use crate::patterns::quantity::Quantity;
use crate::patterns::token::Form;

/// What the numbers of a document show of its habit.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Habit {
    point: bool,
    comma: bool,
}

impl Habit {
    /// Takes note of a number that can be read in one way only.
    pub(crate) fn see(&mut self, form: Form) {
        let divides = match form {
            // `3.5`; three digits behind the sign would say nothing.
            Form::Pair { b, sign, .. } if b.count <= 2 => sign,
            _ => return,
        };
        self.point |= divides == b'.';
        self.comma |= divides == b',';
    }

    /// Takes note of `1.060.000,50`: the sign that comes last divides.
    pub(crate) fn see_grouped(&mut self, form: Form, written: &str) {
        let Form::Grouped { places, only, .. } = form else {
            return;
        };
        if only.is_some() {
            return;
        }
        let mut signs = written.bytes().filter(|byte| matches!(byte, b'.' | b','));
        let (first, last) = (signs.next(), signs.next_back());
        let divides = match (places, last) {
            (1.., Some(last)) => Some(last),
            // Groups alone: the other sign divides.
            (0, _) if first == Some(b'.') => Some(b','),
            (0, _) if first == Some(b',') => Some(b'.'),
            _ => None,
        };
        self.point |= divides == Some(b'.');
        self.comma |= divides == Some(b',');
    }

    /// The sign that divides, where the document is of one mind.
    fn sign(self) -> Option<u8> {
        match (self.point, self.comma) {
            (true, false) => Some(b'.'),
            (false, true) => Some(b','),
            _ => None,
        }
    }

    /// What `1.250` is: the number or, undecided, both.
    pub(crate) fn settle(
        self,
        quantity: Quantity,
        whole: Whole,
        language: Option<u8>,
    ) -> (Decimal, Option<Decimal>) {
        let Some((divided, sign)) = quantity.divided else {
            return (quantity.number, None);
        };
        let said = self.sign();
        match whole {
            // Things are counted in whole numbers.
            Whole::Always => (quantity.number, None),
            // Three decimals are no cents, but a habit against groups is a doubt.
            Whole::Mostly if said == Some(sign) && quantity.magnitude == 0 => {
                (quantity.number, Some(divided))
            }
            Whole::Mostly if quantity.magnitude == 0 => (quantity.number, None),
            // "1.250 million" divides where points do.
            Whole::Mostly | Whole::Perhaps => match said.or(language) {
                Some(decimal) if decimal == sign => (divided, None),
                Some(_) => (quantity.number, None),
                None => (quantity.number, Some(divided)),
            },
        }
    }
}

/// Whether a unit is told in whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whole {
    /// Things and people.
    Always,
    /// Money: cents have two digits.
    Mostly,
    /// Measures and shares.
    Perhaps,
}
