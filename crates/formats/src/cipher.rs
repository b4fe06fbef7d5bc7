//! AES and its modes over whole buffers, in place.

use aes::cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use aes::{Aes128, Aes256};

/// Bytes of a block.
pub const BLOCK: usize = 16;

/// A key, ready for both directions.
pub enum Aes {
    /// AES with a key of 128 bits.
    Of128(Box<Aes128>),
    /// AES with a key of 256 bits.
    Of256(Box<Aes256>),
}

impl Aes {
    /// None: a key has 16 or 32 bytes.
    pub fn new(key: &[u8]) -> Option<Self> {
        match key.len() {
            16 => Aes128::new_from_slice(key).ok().map(|c| Self::Of128(Box::new(c))),
            32 => Aes256::new_from_slice(key).ok().map(|c| Self::Of256(Box::new(c))),
            _ => None,
        }
    }

    fn block(&self, block: &mut [u8; BLOCK], encrypt: bool) {
        let mut array = Array::from(*block);
        match (self, encrypt) {
            (Self::Of128(c), true) => c.encrypt_block(&mut array),
            (Self::Of128(c), false) => c.decrypt_block(&mut array),
            (Self::Of256(c), true) => c.encrypt_block(&mut array),
            (Self::Of256(c), false) => c.decrypt_block(&mut array),
        }
        *block = array.into();
    }

    /// Whole blocks; a rest stays as it is.
    pub fn ecb(&self, data: &mut [u8], encrypt: bool) {
        for block in data.as_chunks_mut().0 {
            self.block(block, encrypt);
        }
    }

    /// Whole blocks; `iv` becomes that of what follows.
    pub fn cbc(&self, iv: &mut [u8; BLOCK], data: &mut [u8], encrypt: bool) {
        for block in data.as_chunks_mut().0 {
            if encrypt {
                mix(block, iv);
                self.block(block, true);
                *iv = *block;
            } else {
                let next = *block;
                self.block(block, false);
                mix(block, iv);
                *iv = next;
            }
        }
    }

    /// Any length; `used` bytes of the counter's block are taken already.
    pub fn ctr(&self, counter: &mut [u8; BLOCK], key: &mut [u8; BLOCK], used: &mut usize, data: &mut [u8]) {
        for byte in data {
            if *used == BLOCK {
                *key = *counter;
                self.block(key, true);
                *counter = u128::from_be_bytes(*counter).wrapping_add(1).to_be_bytes();
                *used = 0;
            }
            *byte ^= key[*used];
            *used += 1;
        }
    }
}

fn mix(block: &mut [u8; BLOCK], with: &[u8; BLOCK]) {
    for (a, b) in block.iter_mut().zip(with) {
        *a ^= b;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 16] = 0x2b7e_1516_28ae_d2a6_abf7_1588_09cf_4f3cu128.to_be_bytes();
    const PLAIN: [u8; 16] = 0x6bc1_bee2_2e40_9f96_e93d_7e11_7393_172au128.to_be_bytes();

    /// The vectors of NIST SP 800-38A: F.1.1, F.2.1, F.5.1.
    #[test]
    fn vectors() {
        let aes = Aes::new(&KEY).unwrap();
        let mut data = PLAIN;
        aes.ecb(&mut data, true);
        assert_eq!(u128::from_be_bytes(data), 0x3ad7_7bb4_0d7a_3660_a89e_caf3_2466_ef97);
        aes.ecb(&mut data, false);
        assert_eq!(data, PLAIN);
        let mut iv = 0x0001_0203_0405_0607_0809_0a0b_0c0d_0e0fu128.to_be_bytes();
        aes.cbc(&mut iv, &mut data, true);
        assert_eq!(u128::from_be_bytes(data), 0x7649_abac_8119_b246_cee9_8e9b_12e9_197d);
        assert_eq!(iv, data);
        let mut counter = 0xf0f1_f2f3_f4f5_f6f7_f8f9_fafb_fcfd_feffu128.to_be_bytes();
        let (mut key, mut used, mut data) = ([0; 16], BLOCK, PLAIN);
        let (head, tail) = data.split_at_mut(5);
        aes.ctr(&mut counter, &mut key, &mut used, head);
        aes.ctr(&mut counter, &mut key, &mut used, tail);
        assert_eq!(u128::from_be_bytes(data), 0x874d_6191_b620_e326_1bef_6864_990d_b6ce);
        assert!(Aes::new(&[0; 24]).is_none());
    }
}
