//! Whole modules.
